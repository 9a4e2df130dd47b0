import fc from "fast-check";
import { expect, test } from "vitest";
import { readNpy } from "../../src/formats/npy.ts";
import { parseNpy } from "../../src/formats/parse-npy.ts";
import { bytesOf, npy } from "../support/encode.ts";
import { damaged, validOrRefused } from "../support/fuzz.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Files that NumPy 2.4 wrote. */
const fromNumPy = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, "base64"));
const FORTRAN_BIG_FLOAT =
  "k05VTVBZAQB2AHsnZGVzY3InOiAnPmY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMywgNCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIArAQAAAQEAAAL+AAABAoAAAP4AAAEDgAADAIAAAQGAAAL8AAABAsAAAP8AAAEDwAADAAAAAQIAAAAAAAABAwAAAQAAAAEEAAAC/wAAAQJAAAD8AAABA0AAAQCAAAEEIAAA=";
const HALF =
  "k05VTVBZAQB2AHsnZGVzY3InOiAnPGYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDYsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAA8AMH/ewEAVTU=";
const INT64 =
  "k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAAAAAAAAAP7/////////AwAAAAAAAAD///////8fAA==";

test("a big-endian array in Fortran order comes out in C order", () => {
  const { shape, type, data } = parseNpy(fromNumPy(FORTRAN_BIG_FLOAT), "f.npy");
  expect(shape).toEqual([2, 3, 4]);
  expect(type).toBe("f4");
  expect(data).toEqual(Float32Array.from({ length: 24 }, (_, i) => i / 2 - 3));
});

test("half precision has normal, subnormal and largest numbers", () => {
  const { data } = parseNpy(fromNumPy(HALF), "h.npy");
  expect(Array.from(data)).toEqual([0, 1, -2.5, 65504, 2 ** -24, 0.333251953125]);
});

test("eight-byte integers come as doubles, exactly", () => {
  const { shape, data } = parseNpy(fromNumPy(INT64), "i.npy");
  expect(shape).toEqual([2, 2]);
  expect(data).toEqual(Float64Array.of(1, -2, 3, 2 ** 53 - 1));
});

test("an integer beyond 2⁵³ is refused, not rounded", () => {
  const bytes = npy("<u8", [2], bytesOf(BigUint64Array.of(1n, 2n ** 60n)));
  expect(() => parseNpy(bytes, "u.npy")).toThrow(
    "expected an integer within ±2⁵³, found 1152921504606847000 at element 1",
  );
});

test("every type is read in both byte orders", () => {
  const types = {
    u1: Uint8Array,
    i1: Int8Array,
    u2: Uint16Array,
    i2: Int16Array,
    u4: Uint32Array,
    i4: Int32Array,
    f4: Float32Array,
    f8: Float64Array,
  };
  const values = [0, 1, 2, 100, 101];
  for (const [type, Type] of Object.entries(types)) {
    const little = bytesOf(Type.from(values));
    const width = Number(type[1]);
    const big = new Uint8Array(little.length);
    for (let i = 0; i < little.length; i++)
      big[i - (i % width) + width - 1 - (i % width)] = little[i]!;
    for (const [order, bytes] of [
      ["<", little],
      [">", big],
    ] as const) {
      const { data } = parseNpy(npy(order + type, [5], bytes), type);
      expect(data).toEqual(Type.from(values));
    }
  }
});

test("Fortran order of any shape is the transpose of C order of the reversed shape", () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(shapes, (shape) => {
      const count = shape.reduce((product, n) => product * n, 1);
      const data = Uint8Array.from({ length: count }, (_, i) => i);
      const read = parseNpy(npy("|u1", shape, data, true), "f").data;
      const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((p, n) => p * n, 1));
      for (let i = 0; i < count; i++) {
        let rest = i;
        let from = 0;
        for (let axis = shape.length - 1; axis >= 0; axis--) {
          from += (rest % shape[axis]!) * strides[axis]!;
          rest = Math.floor(rest / shape[axis]!);
        }
        if (read[i] !== data[from]) return false;
      }
      return true;
    }),
  );
});

test("NaN and infinity are refused with their place in the file", () => {
  const bytes = npy("<f4", [3], bytesOf(Float32Array.of(0, Number.NaN, 1)));
  const offset = bytes.length - 8;
  expect(() => parseNpy(bytes, "nan.npy")).toThrow(
    `nan.npy, byte ${offset}: expected a finite number, found NaN at element 1`,
  );
  const half = npy("<f2", [1], Uint8Array.of(0, 0x7c));
  expect(() => parseNpy(half, "inf.npy")).toThrow("found Infinity at element 0");
});

test("a file shorter or longer than its header says is refused", () => {
  const bytes = npy("<f4", [2, 2], new Uint8Array(16));
  for (const [cut, found] of [
    [bytes.subarray(0, -1), 15],
    [Uint8Array.of(...bytes, 0), 17],
  ] as const) {
    expect(() => parseNpy(cut, "x.npy")).toThrow(
      `expected 16 bytes of data ((2, 2) of f4, says the header), found ${found}`,
    );
  }
});

test("a file that is not there is named", async () => {
  const { path } = temporaryFolder();
  await expect(readNpy(`${path}/none.npy`)).rejects.toThrow(
    "expected a readable file, found ENOENT",
  );
});

test("any truncation or flipped bits give an array that fits its shape, or a DatasetError", async () => {
  const bytes = npy("<f4", [2, 3], bytesOf(Float32Array.of(1, 2, 3, 4, 5, 6)));
  await fc.assert(
    fc.asyncProperty(damaged(bytes), (broken) =>
      validOrRefused(
        () => parseNpy(broken, "damaged"),
        ({ shape, data }) => expect(data.length).toBe(shape.reduce((p, n) => p * n, 1)),
      ),
    ),
    { numRuns: 2000 },
  );
});
