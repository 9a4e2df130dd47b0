import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { moments, truncatedMoments } from "@symbreak/analysis";
import type { Data } from "@symbreak/core";
import type { StoredMoments } from "@symbreak/zoo";
import { toFloat16 } from "../../../graph/src/onnx/float16.ts";

/** A file of moments, and what the card says of it. */
export interface MomentsFile {
  readonly bytes: Uint8Array;
  readonly stored: StoredMoments;
}

/** The moments of a training set in its units, those of the network, truncated, as zoo's moments-file.ts reads them. */
export async function momentsFile(set: Data): Promise<MomentsFile> {
  const { size, mean, covariance } = truncatedMoments(await moments(set));
  if (covariance.kind !== "spectral") throw new Error("moments must have eigenvectors");
  const { eigenvalues, eigenvectors, residual } = covariance;
  const parts = [Float32Array.from(mean), Float32Array.from(eigenvalues), toFloat16(eigenvectors)];
  const bytes = gzipSync(Buffer.concat(parts.map(({ buffer }) => new Uint8Array(buffer))), {
    level: 9,
  });
  return {
    bytes,
    stored: {
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      size,
      axes: eigenvalues.length,
      residual,
      count: set.count,
    },
  };
}
