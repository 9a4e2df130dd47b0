import { checkKeys } from "../check-keys.ts";
import { invalid } from "../invalid.ts";
import type { ForwardProcess } from "./forward-process.ts";

/** Settings of {@link scales}. */
export interface ScalesOptions {
  /** The noise scales, descending, at least two. */
  readonly sigmas: readonly number[];
  /** What the network is told: the number of the scale, from 0 the noisiest, or nothing but sigma. Default "index". */
  readonly told?: "index" | "sigma";
}

/**
 * A list of noise scales, x = x_0 + sigma_i·epsilon, as NCSN is trained on (Song & Ermon 2019).
 *
 * Between two scales ln sigma is linear in the time. Told the index, the noisiest scale is time 0, as in NCSN's code, so
 * that noise falls as time grows.
 */
export function scales(options: ScalesOptions): ForwardProcess {
  checkKeys("scales", options, ["sigmas", "told"]);
  const { sigmas, told = "index" } = options;
  const descends = (s: number, i: number) => s > 0 && (i === 0 || s < sigmas[i - 1]!);
  const list = Array.isArray(sigmas) || ArrayBuffer.isView(sigmas) ? Array.from(sigmas) : [];
  if (list.length < 2 || !list.every((s, i) => Number.isFinite(s) && descends(s, i)))
    throw invalid("scales", "sigmas must be at least two, positive and descending", sigmas);
  if (told !== "index" && told !== "sigma")
    throw invalid("scales", 'told must be "index" or "sigma"', told);
  const last = sigmas.length - 1;
  const spec = { name: "scales", sigmas: Array.from(sigmas), told };
  if (told === "sigma")
    return {
      name: "scales",
      spec,
      tMin: sigmas[last]!,
      tMax: sigmas[0]!,
      level: (sigma) => ({ alpha: 1, sigma, timestep: sigma }),
      timeAt: (logSnr) => Math.exp(-0.5 * logSnr),
    };
  const below = (value: number) =>
    Math.min(last - 1, Math.max(0, sigmas.findIndex((sigma) => sigma <= value) - 1));
  return {
    name: "scales",
    spec,
    whole: true,
    tMin: last,
    tMax: 0,
    level(time) {
      const i = Math.min(last - 1, Math.max(0, Math.floor(time)));
      const ratio = sigmas[i + 1]! / sigmas[i]!;
      const sigma = Number.isInteger(time) ? sigmas[time]! : sigmas[i]! * ratio ** (time - i);
      return { alpha: 1, sigma, timestep: time };
    },
    timeAt(logSnr) {
      const sigma = Math.exp(-0.5 * logSnr);
      const at = sigmas.findIndex((scale) => Math.abs(scale / sigma - 1) < 1e-12);
      if (at >= 0) return at;
      const i = sigma < sigmas[last]! ? last - 1 : below(sigma);
      return i + Math.log(sigma / sigmas[i]!) / Math.log(sigmas[i + 1]! / sigmas[i]!);
    },
  };
}
