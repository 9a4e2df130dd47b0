import { toJsonSchema } from "@valibot/to-json-schema";
import { trainConfigSchema } from "../../run/config-schema.ts";

/** The JSON schema of a config file, for editors. */
export function configJsonSchema(): object {
  return toJsonSchema(trainConfigSchema, { typeMode: "input", ignoreActions: ["finite"] });
}
