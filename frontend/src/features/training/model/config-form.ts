/** A form out of the JSON schema of a training configuration: its fields, and what they say back. */

type Property = {
  type?: string;
  anyOf?: Property[];
  $ref?: string;
  title?: string;
  description?: string;
  group?: string;
  default?: unknown;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  exclusiveMaximum?: number;
};
export type Schema = { properties: Record<string, Property>; $defs?: Record<string, Schema> };

export type FormField = {
  /** The way to it in the configuration: `lr`, `shape.width`. */
  name: string;
  title: string;
  description: string;
  group: string;
  kind: "integer" | "number" | "string";
  /** Left empty it is null, or not given. */
  optional: boolean;
  initial: string;
  lowest?: number;
  highest?: number;
  /** The bounds themselves are refused. */
  open: boolean;
};

function present(property: Property): Property {
  return property.anyOf?.find(({ type }) => type !== "null") ?? property;
}

function fieldOf(name: string, property: Property, group: string, optional: boolean): FormField {
  const { type, ...limits } = present(property);
  const given = property.default;
  return {
    name,
    title: property.title ?? name,
    description: property.description ?? "",
    group,
    kind: type === "integer" || type === "number" ? type : "string",
    optional: optional || given === null || property.anyOf?.some((one) => one.type === "null") === true,
    initial: given === null || given === undefined ? "" : String(given as string | number),
    lowest: limits.minimum ?? limits.exclusiveMinimum,
    highest: limits.maximum ?? limits.exclusiveMaximum,
    open: limits.exclusiveMinimum !== undefined,
  };
}

/** Fields in the schema's order; those of a part that may be left out whole are optional each. */
export function fieldsOf(schema: Schema, prefix = "", into = ""): FormField[] {
  return Object.entries(schema.properties).flatMap(([name, property]) => {
    const part = schema.$defs?.[present(property).$ref?.split("/").at(-1) ?? ""];
    const group = property.group ?? into;
    if (part) return fieldsOf({ ...part, $defs: schema.$defs }, `${prefix}${name}.`, group);
    return [fieldOf(`${prefix}${name}`, property, group, prefix !== "")];
  });
}

export type Fault = "needed" | "number" | "whole" | "range";

export function faultOf(text: string, field: FormField): Fault | undefined {
  if (text.trim() === "") return field.optional ? undefined : "needed";
  if (field.kind === "string") return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) return "number";
  if (field.kind === "integer" && !Number.isInteger(value)) return "whole";
  const { lowest = -Infinity, highest = Infinity } = field;
  return value < lowest || value > highest || (field.open && value === lowest) ? "range" : undefined;
}

/** What was typed, as the configuration says it; what is empty is left out and takes its default. */
export function configOf(texts: Record<string, string>, fields: FormField[]): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const { name, kind } of fields) {
    const text = texts[name]?.trim() ?? "";
    if (text === "") continue;
    const value = kind === "string" ? text : Number(text);
    const [first = "", second] = name.split(".");
    config[first] = second ? { ...(config[first] as object | undefined), [second]: value } : value;
  }
  return config;
}
