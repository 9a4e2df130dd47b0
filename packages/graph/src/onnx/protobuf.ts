/** A protobuf message under construction: the few encodings that ONNX files need. */
export interface Message {
  /** A varint field: int32, int64, enum. */
  integer(field: number, value: number | bigint): Message;
  /** A 32-bit float field. */
  float(field: number, value: number): Message;
  /** A length-delimited field: bytes, text or a message. */
  bytes(field: number, value: Uint8Array | string | Message): Message;
  /** A packed repeated varint field. */
  integers(field: number, values: readonly number[]): Message;
  encode(): Uint8Array;
}

/** An empty message. See https://protobuf.dev/programming-guides/encoding. */
export function message(): Message {
  const chunks: Uint8Array[] = [];
  const tag = (field: number, wire: number): void =>
    void chunks.push(varint(BigInt(field * 8 + wire)));
  const self: Message = {
    integer(field, value) {
      tag(field, 0);
      chunks.push(varint(BigInt(value)));
      return self;
    },
    float(field, value) {
      tag(field, 5);
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setFloat32(0, value, true);
      chunks.push(bytes);
      return self;
    },
    bytes(field, value) {
      const content =
        typeof value === "string"
          ? utf8(value)
          : value instanceof Uint8Array
            ? value
            : value.encode();
      tag(field, 2);
      chunks.push(varint(BigInt(content.length)), content);
      return self;
    },
    integers(field, values) {
      return self.bytes(field, join(values.map((value) => varint(BigInt(value)))));
    },
    encode: () => join(chunks),
  };
  return self;
}

/** Seven bits a byte, lowest first; negative numbers as 64-bit two's complement. */
function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** UTF-8 without TextEncoder, which is no part of the language. */
function utf8(text: string): Uint8Array {
  const escaped = encodeURIComponent(text);
  const bytes: number[] = [];
  for (let i = 0; i < escaped.length; i++) {
    const hex = escaped[i] === "%";
    bytes.push(hex ? Number.parseInt(escaped.slice(i + 1, i + 3), 16) : escaped.charCodeAt(i));
    if (hex) i += 2;
  }
  return Uint8Array.from(bytes);
}
