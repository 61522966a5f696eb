/** TypeScript types of the record, out of its published JSON Schema: its `$defs` are an OpenAPI document's schemas. */
import { readFile, writeFile } from "node:fs/promises";

import openapi, { astToString } from "openapi-typescript";

const schema = JSON.parse(await readFile("../docs/reference/record.schema.json", "utf8"));
const text = JSON.stringify(schema.$defs).replaceAll("#/$defs/", "#/components/schemas/");
const { $defs: _, ...record } = schema;
const whole = JSON.parse(JSON.stringify(record).replaceAll("#/$defs/", "#/components/schemas/"));
const document = {
  openapi: "3.1.0",
  info: { title: "The record", version: "1" },
  paths: {},
  components: { schemas: { ...JSON.parse(text), Record: whole } },
};
await writeFile(
  "src/generated/record.ts",
  astToString(await openapi(document, { defaultNonNullable: false })),
);
