import type { Bytes } from "@symbreak/core";
import { fields } from "./onnx-fields.ts";

/** ModelProto.metadata_props, and StringStringEntryProto's key and value. */
const [PROPS, KEY, VALUE] = [14, 1, 2];

/**
 * An ONNX file with notes added. Protocol buffers allow a message's repeated fields to come in pieces, so that the
 * notes go behind the rest.
 */
export function withOnnxMetadata(onnx: Uint8Array, notes: Readonly<Record<string, string>>): Bytes {
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

function joined(parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
