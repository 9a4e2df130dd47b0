import { expect, test } from "vitest";
import { npyHeader } from "../../src/formats/npy-header.ts";
import { npy } from "../support/encode.ts";

const none = new Uint8Array(0);

test("the header gives type, order, shape and where the numbers begin and end", () => {
  const bytes = npy(">f4", [2, 3], none, true);
  expect(npyHeader(bytes, "a.npy")).toEqual({
    type: "f4",
    littleEndian: false,
    fortranOrder: true,
    shape: [2, 3],
    offset: bytes.length,
    length: bytes.length + 24,
  });
});

test("versions 2 and 3 have a four-byte length", () => {
  const text = "{'descr': '|u1', 'fortran_order': False, 'shape': (), }\n";
  const head = Buffer.from(`\x93NUMPY\x02\x00    ${text}`, "latin1");
  head.writeUInt32LE(text.length, 8);
  expect(npyHeader(head, "v2.npy")).toMatchObject({ shape: [], offset: 12 + text.length });
  head[6] = 4;
  expect(() => npyHeader(head, "v4.npy")).toThrow(
    "v4.npy, byte 6: expected .npy version 1, 2 or 3, found 4",
  );
});

test("a wrong magic, a cut header and a header without its keys are named", () => {
  expect(() => npyHeader(Buffer.from("NUMPY!"), "x")).toThrow(
    'x, byte 0: expected the .npy magic \\x93NUMPY, found "NUMPY!"',
  );
  const bytes = npy("|u1", [1], none);
  expect(() => npyHeader(bytes.subarray(0, 30), "x")).toThrow(
    `x, byte 8: expected a header that ends at ${bytes.length}, as it says, found the end of the file at 30`,
  );
  expect(() => npyHeader(bytes.subarray(0, 8), "x")).toThrow(
    "x, byte 8: expected 10 bytes of header",
  );
  const wrong = Buffer.from(bytes);
  wrong.write("shapes", wrong.indexOf("'shape'") + 1);
  expect(() => npyHeader(wrong, "x")).toThrow("a dictionary with descr, fortran_order and shape");
});

test("pickled objects, text, complex numbers and dates are refused", () => {
  for (const descr of ["|O", "<U3", "<c8", "<M8[s]", "<f16", "V4"]) {
    expect(() => npyHeader(npy(descr, [1], none), "x")).toThrow(`found ${descr}`);
  }
});

test("a shape beyond any file is refused", () => {
  expect(() => npyHeader(npy("<f8", [2 ** 31, 2 ** 31], none), "x")).toThrow(
    "expected a size that fits in a file, found 2147483648 × 2147483648",
  );
});

test("an array of more dimensions than NumPy has is refused", () => {
  const ones = (count: number) => npyHeader(npy("|u1", Array(count).fill(1), none), "x").shape;
  expect(ones(64)).toHaveLength(64);
  expect(() => ones(65)).toThrow("expected at most 64 dimensions, as in NumPy, found 65");
});
