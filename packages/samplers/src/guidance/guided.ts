import { allocate, convert, invalid, type NoiseLevel, type Samples } from "@symbreak/core";
import type { Asked, Denoiser } from "../denoiser.ts";
import type { Network } from "../network.ts";
import { sizeOf } from "../size-of.ts";
import { combine } from "../solvers/combine.ts";
import { checkGuidance, type Guidance, weightAt } from "./guidance.ts";

/** Two denoisers: the one that is asked for, and the one that it is led away from. */
export interface GuidedPair {
  readonly conditional: Denoiser;
  readonly reference: Denoiser;
}

/**
 * A guided denoiser: s_r + w (s_c − s_r), with the weight of {@link Guidance} at each level.
 *
 * - Of a conditional network: classifier-free guidance (Ho & Salimans 2022), away from its own answer without a class, which
 *   is asked for in the same call where the network can do so (`Denoiser.predictBoth`).
 * - Of two denoisers: what they are makes it classifier-free guidance with two networks, or autoguidance (Karras et al. 2024,
 *   arXiv 2406.02507) where the reference is a weaker network that was asked for the same.
 *
 * Two network calls for each of a solver's where w is neither 0 nor 1, one elsewhere; the NFE counts them all.
 *
 * @throws RangeError for a network that must be told a class, for shapes that differ, and for a learned variance
 */
export function guided(of: Network | GuidedPair, guidance: Guidance): Denoiser {
  checkGuidance("guided", guidance);
  const pair = "conditional" in of ? of : withoutClass(of);
  const { conditional, reference } = pair;
  for (const { variance } of [conditional, reference])
    if (variance !== undefined)
      throw invalid("guided", "networks with a learned variance cannot be mixed", variance);
  if (String(conditional.shape) !== String(reference.shape))
    throw invalid("guided", `shapes must agree with [${conditional.shape}]`, reference.shape);
  const { shape, predicts } = conditional;
  const { power = 0 } = guidance;
  const size = sizeOf(shape);
  const isReferenceAlone = (w: number) => w === 0 && power === 0;
  const callsOf = (denoiser: Denoiser, level: NoiseLevel) => denoiser.calls?.(level) ?? 1;
  return {
    shape,
    predicts,
    calls(level) {
      const w = weightAt(guidance, level);
      const ofConditional = isReferenceAlone(w) ? 0 : callsOf(conditional, level);
      return ofConditional + (w === 1 ? 0 : callsOf(reference, level));
    },
    async predict(x, level, asked) {
      const w = weightAt(guidance, level);
      if (w === 1) return conditional.predict(x, level, asked);
      const alike = (out: Samples) => convert(out, x, level, reference.predicts, predicts);
      if (isReferenceAlone(w)) return alike(await reference.predict(x, level, asked));
      const [ours, other] = await both(pair, x, level, asked);
      const away = alike(other);
      if (power === 0) return combine([w, ours], [1 - w, away]);
      return byPower(ours, away, { size, level, power, weight: w, predicts });
    },
  };
}

/** A network and itself without a class. */
function withoutClass({ name, classes, denoiser }: Network): GuidedPair {
  if (classes?.unconditional !== true)
    throw invalid(
      "guided",
      "a network must know classes and do without one (label dropout); give a weaker network to guide by instead",
      name,
    );
  const reference: Denoiser = {
    ...denoiser,
    predict: (x, level, asked) => denoiser.predict(x, level, { ...asked, condition: undefined }),
  };
  return { conditional: denoiser, reference };
}

/** Both answers, in one call where the network can give both. */
async function both(
  { conditional, reference }: GuidedPair,
  x: Samples,
  level: NoiseLevel,
  asked: Asked | undefined,
): Promise<readonly [Samples, Samples]> {
  if (conditional.predictBoth !== undefined && conditional.predictBoth === reference.predictBoth)
    return conditional.predictBoth(x, level, asked);
  return [await conditional.predict(x, level, asked), await reference.predict(x, level, asked)];
}

/** ours + (w − 1) |s_c − s_r|^α (ours − away), row by row. */
function byPower(
  ours: Samples,
  away: Samples,
  {
    size,
    level,
    power,
    weight,
    predicts,
  }: {
    readonly size: number;
    readonly level: NoiseLevel;
    readonly power: number;
    readonly weight: number;
    readonly predicts: Denoiser["predicts"];
  },
): Samples {
  const apart = combine([1, ours], [-1, away]);
  // A prediction is linear in x and the score: at x = 0 conversion gives the score's share alone.
  const score = convert(apart, allocate(apart), level, predicts, "score");
  const unit = Math.hypot(level.alpha, level.sigma);
  const out = allocate(ours);
  for (let at = 0; at < out.length; at += size) {
    let square = 0;
    for (let i = at; i < at + size; i++) square += score[i]! ** 2;
    const norm = unit * Math.sqrt(square);
    const factor = norm === 0 ? 0 : (weight - 1) * norm ** power;
    for (let i = at; i < at + size; i++) out[i] = ours[i]! + factor * apart[i]!;
  }
  return out;
}
