import { toJsonSchema } from "@valibot/to-json-schema";
import { NETWORK_NOTES_SCHEMA } from "../network-notes.ts";

/** The JSON schema of the notes on a network that lie beside an ONNX file, for editors. */
export function networkNotesJsonSchema(): object {
  const ignoreActions = ["finite", "transform"];
  return toJsonSchema(NETWORK_NOTES_SCHEMA, { typeMode: "input", ignoreActions });
}
