import { convert, invalid, type NoiseLevel, type Samples } from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";
import { combine } from "../solvers/combine.ts";
import { type GuidanceInterval, isGuided } from "./interval.ts";

/** Settings of {@link classifierFree}. */
export interface ClassifierFreeOptions {
  readonly conditional: Denoiser;
  readonly unconditional: Denoiser;
  /** w: 1 is the conditional model, 0 the unconditional, more than 1 overshoots. (Ho & Salimans's own w is this minus 1.) */
  readonly scale: number;
  /** Elsewhere the scale is 1. */
  readonly interval?: GuidanceInterval;
}

/**
 * Classifier-free guidance (Ho & Salimans 2022): s_u + w (s_c − s_u).
 *
 * Two network calls for each of a solver's where w is neither 0 nor 1, one elsewhere; the NFE counts them all.
 */
export function classifierFree({
  conditional,
  unconditional,
  scale,
  interval,
}: ClassifierFreeOptions): Denoiser {
  if (!Number.isFinite(scale)) throw invalid("classifierFree", "scale must be finite", scale);
  for (const { variance } of [conditional, unconditional])
    if (variance !== undefined)
      throw invalid("classifierFree", "networks with a learned variance cannot be mixed", variance);
  if (String(conditional.shape) !== String(unconditional.shape))
    throw invalid(
      "classifierFree",
      `shapes must agree with [${conditional.shape}]`,
      unconditional.shape,
    );
  const { shape, predicts } = conditional;
  const weightAt = (level: NoiseLevel) => (isGuided(level, interval) ? scale : 1);
  const callsOf = (denoiser: Denoiser, level: NoiseLevel) => denoiser.calls?.(level) ?? 1;
  return {
    shape,
    predicts,
    calls(level) {
      const w = weightAt(level);
      return (
        (w === 0 ? 0 : callsOf(conditional, level)) + (w === 1 ? 0 : callsOf(unconditional, level))
      );
    },
    async predict(x, level, asked): Promise<Samples> {
      const w = weightAt(level);
      const answer = async (denoiser: Denoiser) =>
        convert(await denoiser.predict(x, level, asked), x, level, denoiser.predicts, predicts);
      if (w === 1) return answer(conditional);
      if (w === 0) return answer(unconditional);
      return combine([w, await answer(conditional)], [1 - w, await answer(unconditional)]);
    },
  };
}
