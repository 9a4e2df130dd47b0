import { type GaussianMixture, gaussianMixture } from "@symbreak/core";

/** Laws of points in the plane that are no Gaussians, each a mixture with its exact score. */
export const PLANE_LAWS = {
  three: {
    label: "Three",
    law: blobs([
      [-1.7, -0.9],
      [1.7, -0.9],
      [0, 1.9],
    ]),
  },
  ring: { label: "Ring", law: blobs(circle(8, 2.2), 0.035) },
  moons: { label: "Moons", law: blobs([...arc(1), ...arc(-1)], 0.03) },
  spiral: { label: "Spiral", law: blobs(spiral(40), 0.02) },
} as const satisfies Record<string, { label: string; law: GaussianMixture }>;

export type PlaneLaw = keyof typeof PLANE_LAWS;

export function isPlaneLaw(name: string): name is PlaneLaw {
  return Object.hasOwn(PLANE_LAWS, name);
}

type Point = readonly [number, number];

function blobs(means: readonly Point[], variance = 0.09): GaussianMixture {
  return gaussianMixture({
    weights: means.map(() => 1),
    means,
    covariances: means.map(() => variance),
  });
}

function circle(count: number, radius: number): Point[] {
  return Array.from({ length: count }, (_, k) => {
    const angle = (2 * Math.PI * k) / count;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

function arc(side: 1 | -1): Point[] {
  return Array.from({ length: 14 }, (_, k) => {
    const angle = (Math.PI * k) / 13;
    return [side * (1.5 * Math.cos(angle) - 0.75), side * (1.5 * Math.sin(angle) - 0.4)];
  });
}

function spiral(count: number): Point[] {
  return Array.from({ length: count }, (_, k) => {
    const turn = (3.4 * Math.PI * (k + 4)) / (count + 4);
    return [0.24 * turn * Math.cos(turn), 0.24 * turn * Math.sin(turn)];
  });
}
