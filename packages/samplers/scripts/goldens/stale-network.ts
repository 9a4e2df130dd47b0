import { type NoiseLevel, noiseToSignal, type Samples } from "@symbreak/core";
import { type BareNetwork, combine, type Denoiser, type Scheduler } from "../../src/index.ts";

/**
 * A quirk of diffusers' churn: the network is called before the noise is added, and its output is read after. The
 * solver asks about the noisier batch; this denoiser answers about the one before, which `advance` keeps current.
 */
export function staleNetwork(
  scheduler: Scheduler,
  network: BareNetwork,
  walk: readonly NoiseLevel[],
  start: Samples,
): { denoiser: Denoiser; advance(x: Samples): void } {
  let x = start;
  let i = 0;
  const { sigma_data } = scheduler.config as { sigma_data?: number };
  const ask = async () => {
    const level = walk[i]!;
    // EDM's levels explode; its network wants them scaled.
    const scale = sigma_data === undefined ? 1 : 1 / Math.hypot(noiseToSignal(level), sigma_data);
    return network.predict(combine([scale, x]), level);
  };
  const denoiser = scheduler.denoiser({ ...network, predict: ask });
  return {
    denoiser: denoiser.predicts === "v" ? { ...denoiser, ...readUnraised() } : denoiser,
    advance(next) {
      x = next;
      i++;
    },
  };

  /** Of a v output even the level is the old one. */
  function readUnraised(): Pick<Denoiser, "predicts" | "predict"> {
    return {
      predicts: "sample",
      async predict(raised) {
        const { alpha, sigma } = walk[i]!;
        return combine([alpha, raised], [-sigma, await ask()]);
      },
    };
  }
}
