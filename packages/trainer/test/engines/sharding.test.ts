import { add, input, mean, mul, program, sum } from "@symbreak/graph";
import { expect, test } from "vitest";
import { shard } from "../../src/engines/sharding.ts";

/** w ← w − mean (w x²) with the loss of each sample, for n samples. */
function step(n: number, gradientSize = 3) {
  const [w, x] = [input("w", [3]), input("x", [n, 3])];
  const gradient = mean(mul(w, mul(x, x)), [0]);
  const perSample = sum(mul(x, x), [1]);
  return {
    whole: program({ next: add(w, gradient), perSample, loss: mean(perSample) }),
    parts: {
      gradients: program({ gradient, perSample, loss: mean(perSample) }),
      update: program({ next: add(input("w", [3]), input("gradient", [gradientSize])) }),
    },
  };
}

test("feeds with the batch's axis are dealt out, others go to all", () => {
  const { deal, averaged } = shard(step(4).whole, step(2).parts, 2);
  const x = Float32Array.from({ length: 12 }, (_, i) => i);
  expect(deal({ x, rate: Float32Array.of(1) })).toEqual([
    { x: x.slice(0, 6), rate: Float32Array.of(1) },
    { x: x.slice(6), rate: Float32Array.of(1) },
  ]);
  expect(averaged).toEqual({ gradient: 3 });
});

test("outputs with the batch's axis are laid end to end, others averaged", () => {
  const { join } = shard(step(4).whole, step(2).parts, 2);
  const outputs = [
    { perSample: Float32Array.of(1, 2), loss: Float32Array.of(1.5) },
    { perSample: Float32Array.of(3, 4), loss: Float32Array.of(3.5) },
  ];
  expect(join(outputs)).toEqual({
    perSample: Float32Array.of(1, 2, 3, 4),
    loss: Float32Array.of(2.5),
  });
});

test("parts that do not make up the whole are refused", () => {
  expect(() => shard(step(6).whole, step(2).parts, 2)).toThrow(
    '"x" must be in the sharded step, shaped as in the whole or 2 times shorter, got [2, 3]',
  );
  expect(() => shard(step(4).whole, step(2, 1).parts, 2)).toThrow('"gradient" must be');
});
