import { invalid } from "@symbreak/core";

/** A field of a message of protocol buffers: bytes, or a number. */
export interface Field {
  readonly id: number;
  /** Empty where the field is a number. */
  readonly bytes: Uint8Array;
  readonly number?: number;
}

/** A message's fields, one after the other. Throws on what is no message. */
export function fields(message: Uint8Array): Field[] {
  const found: Field[] = [];
  let at = 0;
  while (at < message.length) {
    const tag = varint(message, at);
    const id = Math.floor(tag.value / 8);
    const kind = tag.value % 8;
    at = tag.end;
    if (kind === 0) {
      const { value, end } = varint(message, at);
      found.push({ id, bytes: message.subarray(at, at), number: value });
      at = end;
      continue;
    }
    const length = kind === 2 ? varint(message, at) : { value: kind === 5 ? 4 : 8, end: at };
    if (![1, 2, 5].includes(kind)) throw notOnnx(at);
    const end = length.end + length.value;
    if (!(end <= message.length)) throw notOnnx(at);
    found.push({ id, bytes: message.subarray(length.end, end) });
    at = end;
  }
  return found;
}

function varint(message: Uint8Array, from: number): { value: number; end: number } {
  let value = 0;
  let at = from;
  for (let scale = 1; ; scale *= 128) {
    const byte = message[at++];
    if (byte === undefined || scale > 2 ** 63) throw notOnnx(at);
    value += (byte & 127) * scale;
    if (byte < 128) return { value, end: at };
  }
}

function notOnnx(at: number): RangeError {
  return invalid("onnxMetadata", "the file must be an ONNX model", `no field at byte ${at}`);
}
