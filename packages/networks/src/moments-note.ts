import { type Bytes, invalid, type Moments, toFloat16, type Units } from "@symbreak/core";
import { decodeMoments, type MomentsLayout } from "@symbreak/zoo";

/** Truncated moments in a file's metadata: their layout, and the bytes of zoo's format as base64. */
interface MomentsNote extends MomentsLayout {
  readonly base64: string;
}

/** Truncated moments in the zoo's format: what the bytes hold beside them. */
export interface EncodedMoments {
  readonly layout: MomentsLayout;
  readonly bytes: Bytes;
}

/**
 * Moments cut to `axes` eigenpairs, as the zoo keeps them: gzip of the mean and the eigenvalues in float32 and of the
 * eigenvectors in half precision. What is left out shares one variance, so that the trace stays the data's.
 */
export async function encodeMoments(moments: Moments, axes: number = 128): Promise<EncodedMoments> {
  const { size, mean, covariance, count = 0 } = moments;
  if (covariance.kind !== "spectral")
    throw invalid("encodeMoments", "moments must have eigenvectors", covariance.kind);
  const { eigenvalues, eigenvectors, residual } = covariance;
  const kept = Math.min(axes, eigenvalues.length);
  const rest = eigenvalues.subarray(kept).reduce((sum, value) => sum + value, 0);
  const outside = size - kept;
  const shared = outside > 0 ? (rest + residual * (size - eigenvalues.length)) / outside : 0;
  const singles = Float32Array.of(...mean, ...eigenvalues.subarray(0, kept));
  const halves = toFloat16(eigenvectors.subarray(0, kept * size));
  const stream = new Blob([singles, halves as Uint16Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new CompressionStream("gzip"));
  return {
    layout: { size, axes: kept, residual: shared, count },
    bytes: new Uint8Array(await new Response(stream).arrayBuffer()),
  };
}

/** The note of some moments. */
export async function momentsNote(moments: Moments): Promise<string> {
  const { layout, bytes } = await encodeMoments(moments);
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  const note: MomentsNote = { ...layout, base64: btoa(text) };
  return JSON.stringify(note);
}

/**
 * The moments of a note that came from a file, in the network's units; nothing that it claims is believed unchecked.
 *
 * @throws RangeError where the note is damaged
 */
export async function momentsOfNote(note: unknown, units: Units): Promise<Moments> {
  const { base64, size, axes, residual, count } = (note ?? {}) as Partial<MomentsNote>;
  const numbers = [size, axes, residual, count];
  if (typeof base64 !== "string" || !numbers.every((n) => Number.isFinite(n) && n! >= 0))
    throw invalid(
      "momentsOfNote",
      "the note must have size, axes, residual, count and base64",
      numbers,
    );
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0)
    throw invalid("momentsOfNote", "base64 must be what it says", base64);
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const layout = { size: size!, axes: axes!, residual: residual!, count: count! };
  const moments = await decodeMoments(bytes, layout);
  return { ...moments, units, count: moments.count || undefined };
}
