import { expect, test } from "vitest";
import { philox4x32 } from "../../src/index.ts";

// Random123 1.14, tests/kat_vectors: "philox4x32 10" counter, key, output.
const KNOWN_ANSWERS = [
  "00000000 00000000 00000000 00000000 00000000 00000000 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
  "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 408f276d 41c83b0e a20bc7c6 6d5451fd",
  "243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 d16cfe09 94fdcceb 5001e420 24126ea1",
];

test.each(KNOWN_ANSWERS)("philox4x32 gives Random123's known answer: %s", (line) => {
  const words = line.split(" ").map((word) => Number.parseInt(word, 16));
  expect([...philox4x32(words.slice(0, 4), words.slice(4, 6))]).toEqual(words.slice(6));
});

test("philox4x32 agrees with the definition in exact integers", () => {
  const mask = 0xffffffffn;
  const reference = (counter: number[], key: number[]) => {
    let [c0, c1, c2, c3] = counter.map(BigInt) as [bigint, bigint, bigint, bigint];
    let [k0, k1] = key.map(BigInt) as [bigint, bigint];
    for (let round = 0; round < 10; round++) {
      const [p0, p1] = [0xd2511f53n * c0, 0xcd9e8d57n * c2];
      [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & mask, (p0 >> 32n) ^ c3 ^ k1, p0 & mask];
      [k0, k1] = [(k0 + 0x9e3779b9n) & mask, (k1 + 0xbb67ae85n) & mask];
    }
    return [c0, c1, c2, c3].map(Number);
  };
  let counter = [1, 2, 3, 4];
  for (let i = 0; i < 200; i++) {
    const key = [counter[3]!, i];
    const expected = reference(counter, key);
    expect([...philox4x32(counter, key)]).toEqual(expected);
    counter = expected;
  }
});
