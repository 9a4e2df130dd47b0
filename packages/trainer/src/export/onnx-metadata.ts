import { invalid } from "@symbreak/core";

/** ModelProto.metadata_props, and StringStringEntryProto's key and value. */
const [PROPS, KEY, VALUE] = [14, 1, 2];

/**
 * An ONNX file with notes added. Protocol buffers allow a message's repeated fields to come in pieces, so that the
 * notes go behind the rest.
 */
export function withOnnxMetadata(
  onnx: Uint8Array,
  notes: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const parts = Object.entries(notes).map(([key, value]) =>
    field(PROPS, joined([field(KEY, utf8(key)), field(VALUE, utf8(value))])),
  );
  return joined([onnx, ...parts]);
}

/** The notes of an ONNX file. Throws on what is not one. */
export function onnxMetadata(onnx: Uint8Array): Record<string, string> {
  const notes = fields(onnx)
    .filter(({ id }) => id === PROPS)
    .map(({ bytes }) => {
      const entry = fields(bytes);
      const text = (id: number): string =>
        new TextDecoder().decode(entry.find((part) => part.id === id)?.bytes);
      return [text(KEY), text(VALUE)] as const;
    });
  return Object.fromEntries(notes);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function field(id: number, bytes: Uint8Array): Uint8Array {
  return joined([varint(id * 8 + 2), varint(bytes.length), bytes]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Uint8Array.of(...bytes, rest);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A message's fields; those that are numbers have no bytes. */
function fields(message: Uint8Array): { id: number; bytes: Uint8Array }[] {
  const found: { id: number; bytes: Uint8Array }[] = [];
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message[at++];
      if (byte === undefined || scale > 2 ** 63) throw notOnnx(at);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = number();
    const id = Math.floor(tag / 8);
    const kind = tag % 8;
    if (kind === 0) {
      number();
      continue;
    }
    const length = kind === 2 ? number() : kind === 5 ? 4 : kind === 1 ? 8 : Number.NaN;
    if (!(at + length <= message.length)) throw notOnnx(at);
    found.push({ id, bytes: message.subarray(at, at + length) });
    at += length;
  }
  return found;
}

function notOnnx(at: number): RangeError {
  return invalid("onnxMetadata", "the file must be an ONNX model", `no field at byte ${at}`);
}
