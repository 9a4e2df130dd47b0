import { readClock } from "@symbreak/core";

/** A curve of the literature. */
export interface Published {
  readonly name: string;
  readonly points: readonly { readonly time: number; readonly value: number }[];
  /** Where it crosses 0.775: DDPM index and OU time. */
  readonly crossing: { readonly ddpmIndex: number; readonly ouTime: number };
}

/**
 * Clones of a U-Net of 25.7 million weights on ones and eights, 32 × 32, in [0, 1]: Biroli, Bonnaire, de Bortoli & Mézard 2024
 * (arXiv 2402.18491), a few points of the curve in their repository (MIT licence, © 2024 Tony Bonnaire), to three digits.
 */
const MNIST_1_8: readonly (readonly [index: number, phi: number])[] = [
  [700, 0.521],
  [600, 0.575],
  [500, 0.677],
  [450, 0.741],
  [400, 0.823],
  [350, 0.905],
  [300, 0.954],
  [200, 0.996],
];

/** The published curve of these data, where there is one. `dataset` is its name, `scale` that of its units. */
export function publishedCurve(data: {
  readonly dataset: string;
  readonly classes: readonly number[];
  readonly scale: string;
}): Published | undefined {
  const { dataset, classes, scale } = data;
  if (dataset !== "mnist" || classes.join() !== "1,8" || scale !== "unit") return undefined;
  const time = (ddpmIndex: number) => readClock({ ddpmIndex }).ouTime;
  return {
    name: "Biroli et al. 2024",
    points: MNIST_1_8.map(([index, value]) => ({ time: time(index), value })),
    crossing: { ddpmIndex: 429.4, ouTime: time(429.4) },
  };
}
