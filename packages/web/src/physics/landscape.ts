import {
  type BifurcationDiagram,
  fixedPoints,
  type Landscape,
  type NoiseLevel,
  traceBranches,
} from "@symbreak/core";
import { noisyLevel, TOP } from "./chain.ts";
import type { LineLaw } from "./line-law.ts";

/** How much of −x²/4 and of −ln p_t each of core's three landscapes holds, per unit of beta. */
const SHARES: Readonly<Record<Landscape, { readonly field: number; readonly density: number }>> = {
  potential: { field: 1, density: 1 },
  density: { field: 0, density: 1 },
  drift: { field: 1, density: 0.5 },
};

/** A landscape along the line at a level. */
export function landscapeAlong(
  law: LineLaw,
  x: Float64Array,
  level: NoiseLevel,
  kind: Landscape,
): Float64Array {
  const { field, density } = SHARES[kind];
  const logs = law.distribution.logDensity(law.place(x), level);
  return logs.map((log, n) => -0.25 * field * x[n]! ** 2 - density * log);
}

/** Its slope along the line. */
function slopeAlong(
  law: LineLaw,
  x: Float64Array,
  level: NoiseLevel,
  kind: Landscape,
): Float64Array {
  const { field, density } = SHARES[kind];
  const score = law.distribution.score(law.place(x), level);
  const { size } = law.distribution;
  return x.map((at, n) => -0.5 * field * at - density * score[n * size]!);
}

/** Wells and barriers of a landscape against the timestep, and the timesteps where their number changes. */
export function branchesAlong(law: LineLaw, kind: Landscape): BifurcationDiagram {
  const timesteps = Array.from({ length: 112 }, (_, i) => TOP - 9 * i);
  return traceBranches((timestep) => {
    const level = noisyLevel(timestep);
    return fixedPoints((x) => slopeAlong(law, x, level, kind), -law.edge, law.edge, 120);
  }, timesteps);
}
