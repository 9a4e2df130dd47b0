import { createHash } from "node:crypto";
import { DatasetError } from "./dataset-error.ts";

/** SHA-256, in hexadecimal. */
export function sha256(bytes: NodeJS.TypedArray): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Checks that these bytes are the published ones. @throws DatasetError when they are not */
export function checkDigest(bytes: NodeJS.TypedArray, digest: string, file: string): void {
  const found = sha256(bytes);
  if (found === digest) return;
  throw new DatasetError({
    file,
    expected: `content with sha256 ${digest}`,
    found,
    hint: "This is not the published file; loadDataset(path) reads it without this check",
  });
}
