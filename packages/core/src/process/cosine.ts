import { checkNumbers } from "../check-numbers.ts";
import { makeProcess, type Process } from "./process.ts";

/** Settings of {@link cosine}. */
export interface CosineOptions {
  /** Default 1e-3. */
  readonly tMin?: number;
}

/**
 * The variance-preserving circle of v-diffusion (Salimans & Ho 2022, section 4): alpha = cos(πt/2), sigma = sin(πt/2).
 *
 * At t = 1 it is pure noise. f = −(π/2) tan(πt/2), g² = π tan(πt/2).
 */
export function cosine(options: CosineOptions = {}): Process {
  checkNumbers("cosine", options, ["tMin"]);
  const { tMin = 1e-3 } = options;
  const angle = (t: number) => (Math.PI / 2) * t;
  return makeProcess({
    name: "cosine",
    spec: { name: "cosine", tMin },
    tMin,
    tMax: 1,
    alpha: (t) => (t === 1 ? 0 : Math.cos(angle(t))),
    sigma: (t) => Math.sin(angle(t)),
    drift: (t) => (-Math.PI / 2) * Math.tan(angle(t)),
    diffusion: (t) => Math.sqrt(Math.PI * Math.tan(angle(t))),
    timeAt: (logSnr) => (2 / Math.PI) * Math.atan(Math.exp(-0.5 * logSnr)),
  });
}
