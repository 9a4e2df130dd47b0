import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readSafetensors, writeSafetensors } from "../../src/formats/safetensors.ts";

function fileOf(header: unknown, data: Uint8Array = new Uint8Array()): Uint8Array {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const encoded = new TextEncoder().encode(text);
  const file = new Uint8Array(8 + encoded.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(encoded.length), true);
  file.set(encoded, 8);
  file.set(data, 8 + encoded.length);
  return file;
}

const tensor = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }).chain((shape) => {
  const length = shape.reduce((total, n) => total * n, 1);
  return fc
    .array(fc.float(), { minLength: length, maxLength: length })
    .map((values) => ({ shape, data: Float32Array.from(values) }));
});

test("what is written is read again, whatever the names and shapes", () => {
  const name = fc.string().filter((text) => text !== "__metadata__");
  fc.assert(
    fc.property(
      fc.dictionary(name, tensor),
      fc.dictionary(fc.string(), fc.string()),
      (tensors, notes) => {
        const read = readSafetensors(writeSafetensors(tensors, notes));
        expect(new Map(Object.entries(read.tensors))).toEqual(new Map(Object.entries(tensors)));
        expect(read.metadata).toEqual({ ...{ format: "pt" }, ...notes });
      },
    ),
  );
});

test("the layout is the published one, byte for byte", () => {
  const file = writeSafetensors({ a: { shape: [1], data: Float32Array.of(1) } });
  const header =
    '{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
  expect(new TextDecoder().decode(file.subarray(8, 8 + header.length))).toBe(header);
  expect(file[0]! % 8).toBe(0);
  expect(Array.from(file.subarray(-4))).toEqual([0, 0, 0x80, 0x3f]);
});

test("halves are widened exactly: ordinary, subnormal, infinite and not a number", () => {
  const halves = (...bits: number[]) => new Uint8Array(Uint16Array.from(bits).buffer);
  const entry = (dtype: string) => ({ x: { dtype, shape: [4], data_offsets: [0, 8] } });
  const read = (dtype: string, data: Uint8Array) =>
    Array.from(readSafetensors(fileOf(entry(dtype), data)).tensors.x!.data);
  expect(read("F16", halves(0x3c00, 0xc001, 0x0001, 0x7c00))).toEqual([
    1,
    -2 - 2 ** -9,
    2 ** -24,
    Infinity,
  ]);
  expect(read("BF16", halves(0x3f80, 0xc000, 0x7fc0, 0x0001))).toEqual([1, -2, NaN, 2 ** -133]);
});

test.each([
  ["an empty file", new Uint8Array(), "begin with the length"],
  [
    "a header longer than the file",
    Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 123, 125),
    "begin with the length",
  ],
  [
    "a header of 2^63 bytes",
    Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 128, 123, 125),
    "begin with the length",
  ],
  ["a header that is not JSON", fileOf("{,}"), "must be JSON"],
  ["a header that is no object", fileOf("[1]"), "JSON object"],
  ["metadata that are no strings", fileOf({ __metadata__: { a: 1 } }), "must hold strings"],
  ["an entry that is no object", fileOf({ a: 1 }), '"a" must be described'],
  [
    "a type that is not known",
    fileOf({ a: { dtype: "I64", shape: [0], data_offsets: [0, 0] } }),
    '"a" must be of type F32, F16 or BF16, got "I64"',
  ],
  [
    "a type out of the prototype",
    fileOf({ a: { dtype: "constructor", shape: [0], data_offsets: [0, 0] } }),
    "must be of type",
  ],
  [
    "a negative shape",
    fileOf({ a: { dtype: "F32", shape: [-1], data_offsets: [0, 0] } }),
    "shape of whole numbers",
  ],
  [
    "a shape that overflows",
    fileOf({ a: { dtype: "F32", shape: [2 ** 40, 2 ** 40], data_offsets: [0, 4] } }),
    "bytes of its shape",
  ],
  [
    "offsets outside the data",
    fileOf({ a: { dtype: "F32", shape: [1], data_offsets: [0, 4] } }),
    "data must be 4 bytes long",
  ],
  [
    "tensors that overlap",
    fileOf(
      {
        a: { dtype: "F32", shape: [1], data_offsets: [0, 4] },
        b: { dtype: "F32", shape: [1], data_offsets: [0, 4] },
      },
      new Uint8Array(4),
    ),
    '"b" must begin where',
  ],
  ["data that nothing describes", fileOf({}, new Uint8Array(4)), "data must be 0 bytes long"],
])("%s is refused", (_, file, message) => {
  expect(() => readSafetensors(file)).toThrow(message);
});

test("no damage to a file does more than a clear error", () => {
  const good = writeSafetensors({
    a: { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
    b: { shape: [], data: Float32Array.of(5) },
  });
  const position = fc.nat({ max: good.length - 1 });
  const damage = fc.array(fc.tuple(position, fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 });
  let refused = 0;
  fc.assert(
    fc.property(damage, position, (changes, cut) => {
      const bytes = good.slice();
      for (const [at, byte] of changes) bytes[at] = byte;
      for (const file of [bytes, bytes.subarray(0, cut)]) {
        try {
          readSafetensors(file);
        } catch (error) {
          refused++;
          expect((error as Error).message).toMatch(/^readSafetensors: /);
        }
      }
    }),
    { numRuns: 500 },
  );
  expect(refused).toBeGreaterThan(500);
});

test("a Buffer within a larger one is read as well as an array of its own", () => {
  const file = writeSafetensors({ a: { shape: [2], data: Float32Array.of(1, 2) } });
  const shifted = Buffer.concat([Buffer.alloc(3), file]).subarray(3);
  const { data } = readSafetensors(shifted).tensors.a!;
  expect(Array.from(data)).toEqual([1, 2]);
});

test("a tensor that does not fill its shape is not written", () => {
  expect(() => writeSafetensors({ a: { shape: [2], data: Float32Array.of(1) } })).toThrow(
    "writeSafetensors: a must fill its shape [2], got 1",
  );
});
