import { invalid } from "../invalid.ts";

// In Node, in browsers and their workers.
declare function btoa(bytes: string): string;
declare function atob(base64: string): string;

const ARRAYS = { Uint8Array, Int32Array, Float32Array, Float64Array } as const;
type ArrayName = keyof typeof ARRAYS;
type Packable = InstanceType<(typeof ARRAYS)[ArrayName]>;

/** Bytes turned into characters at once: more arguments than that a call may not have. */
const CHUNK = 1 << 13;

/**
 * A value with typed arrays and numbers that are not finite as plain JSON, bit for bit: arrays in base64, in the order of bytes of every
 * machine that runs this, little-endian. The other way: {@link unpacked}.
 *
 * @throws RangeError for what is neither plain nor such an array
 */
export function packed(value: unknown): unknown {
  if (typeof value === "number" && !(Number.isFinite(value) && !Object.is(value, -0)))
    return { $number: Object.is(value, -0) ? "-0" : String(value) };
  if (ArrayBuffer.isView(value)) {
    const name = value.constructor.name as ArrayName;
    if (!Object.hasOwn(ARRAYS, name))
      throw invalid("packed", `arrays must be among ${Object.keys(ARRAYS).join(", ")}`, name);
    return { $array: name, base64: base64Of(value as Packable) };
  }
  if (Array.isArray(value)) return value.map(packed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, packed(entry)]));
}

/** What was {@link packed}. */
export function unpacked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpacked);
  if (typeof value !== "object" || value === null) return value;
  const { $number, $array, base64 } = value as Record<string, unknown>;
  if (typeof $number === "string") return Number($number);
  if (typeof $array === "string") return arrayOf($array, base64);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, unpacked(entry)]));
}

function base64Of({ buffer, byteOffset, byteLength }: Packable): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

function arrayOf(name: string, base64: unknown): Packable {
  const of = Object.hasOwn(ARRAYS, name) ? ARRAYS[name as ArrayName] : undefined;
  if (of === undefined || typeof base64 !== "string")
    throw invalid("unpacked", `arrays must be among ${Object.keys(ARRAYS).join(", ")}`, name);
  const text = atob(base64);
  if (text.length % of.BYTES_PER_ELEMENT !== 0)
    throw invalid("unpacked", `${name} must have whole numbers of bytes`, text.length);
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return new of(bytes.buffer);
}
