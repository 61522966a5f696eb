import { expect, test } from "vitest";

import { configOf, faultOf, fieldsOf, type Schema } from "./config-form";

const schema: Schema = {
  $defs: { ClipShape: { properties: { width: { type: "integer", title: "Width", exclusiveMinimum: 0 } } } },
  properties: {
    steps: { type: "integer", default: 200, minimum: 1, maximum: 1000, group: "course", title: "Steps" },
    ema: {
      anyOf: [{ type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 }, { type: "null" }],
      default: null,
    },
    split: { type: "string", default: "train", group: "data" },
    shape: { anyOf: [{ $ref: "#/$defs/ClipShape" }, { type: "null" }], default: null, group: "data" },
  },
};
const fields = fieldsOf(schema);
const named = (name: string) => fields.find((field) => field.name === name)!;

test("fields come with their defaults, parts are unfolded into their group", () => {
  expect(fields.map(({ name }) => name)).toEqual(["steps", "ema", "split", "shape.width"]);
  expect(named("steps")).toMatchObject({ initial: "200", optional: false, lowest: 1, highest: 1000 });
  expect(named("ema")).toMatchObject({ kind: "number", optional: true, initial: "" });
  expect(named("shape.width")).toMatchObject({ group: "data", optional: true });
});

test("what is wrong is named", () => {
  expect(faultOf("", named("steps"))).toBe("needed");
  expect(faultOf("1.5", named("steps"))).toBe("whole");
  expect(faultOf("many", named("steps"))).toBe("number");
  expect(faultOf("2000", named("steps"))).toBe("range");
  expect(faultOf("0", named("ema"))).toBe("range");
  expect(faultOf("", named("ema"))).toBeUndefined();
});

test("empty fields are left out, parts are folded again", () => {
  expect(configOf({ steps: "50", ema: "", split: "train", "shape.width": "64" }, fields)).toEqual({
    steps: 50,
    split: "train",
    shape: { width: 64 },
  });
});
