import { allocate, convert, invalid, type NoiseLevel, type Samples } from "@symbreak/core";
import type { Asked, Denoiser } from "../denoiser.ts";
import { sizeOf } from "../size-of.ts";
import { type GuidanceInterval, isGuided } from "./interval.ts";

/** ∇_x ln p(y | x_t) for a batch at a level, count × size: of a noisy classifier, or of any other condition. */
export type ConditionGradient = (x: Samples, level: NoiseLevel, asked: Asked) => Promise<Samples>;

/** Settings of {@link guide}. */
export interface GuideOptions {
  /** 1 (default) is Bayes' rule; more sharpens the condition. */
  readonly scale?: number;
  /** Elsewhere the denoiser is left alone and the gradient is not asked for. */
  readonly interval?: GuidanceInterval;
}

/**
 * A denoiser guided by a condition: score + scale · ∇ ln p(y | x) (Song et al. 2021, eq. 14), which for DDIM is
 * epsilon − √(1 − alphaBar) · scale · ∇ ln p(y | x) (Dhariwal & Nichol 2021, algorithm 2). Works in every solver.
 *
 * The gradient may come from a noisy classifier, or from anything else that knows a conditional score. For their ancestral
 * form, the shifted mean, see `guidedDdpm`.
 */
export function guide(
  denoiser: Denoiser,
  gradient: ConditionGradient,
  { scale = 1, interval }: GuideOptions = {},
): Denoiser {
  if (!Number.isFinite(scale)) throw invalid("guide", "scale must be finite", scale);
  const { predicts } = denoiser;
  const size = sizeOf(denoiser.shape);
  return {
    ...denoiser,
    async predict(x, level, asked = {}) {
      const out = await denoiser.predict(x, level, asked);
      if (!isGuided(level, interval)) return out;
      const slope = await conditionGradient("guide", gradient, x, level, asked);
      // A prediction is linear in x and the score: at x = 0 conversion gives the score's share alone.
      const share = convert(slope, allocate(x), level, "score", predicts);
      const guided = allocate(out);
      guided.set(out);
      const width = out.length / (x.length / size);
      for (let i = 0; i < share.length; i++)
        guided[Math.floor(i / size) * width + (i % size)]! += scale * share[i]!;
      return guided;
    },
  };
}

/** The gradient, checked for its length. */
export async function conditionGradient(
  where: string,
  gradient: ConditionGradient,
  x: Samples,
  level: NoiseLevel,
  asked: Asked,
): Promise<Samples> {
  const slope = await gradient(x, level, asked);
  if (slope.length !== x.length)
    throw invalid(where, `the gradient must have the ${x.length} values of x`, slope.length);
  return slope;
}
