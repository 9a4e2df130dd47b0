import { conv2d, input, matmul, program } from "@symbreak/graph";
import { expect, test } from "vitest";
import { multiplications } from "../../src/export/multiplications.ts";

test("each output of a convolution or a product counts its terms", () => {
  const image = conv2d(input("x", [2, 3, 8, 8]), input("w", [5, 3, 3, 3]), {
    stride: 2,
    padding: 1,
  });
  const product = matmul(input("a", [4, 6]), input("b", [6, 7]));
  const turned = matmul(input("c", [6, 4]), input("d", [7, 6]), {
    transposeA: true,
    transposeB: true,
  });
  expect(multiplications(program({ image }))).toBe(2 * 5 * 4 * 4 * 3 * 9);
  expect(multiplications(program({ product }))).toBe(4 * 7 * 6);
  expect(multiplications(program({ turned }))).toBe(4 * 7 * 6);
});
