import { type NoiseLevel, type Samples, toSample } from "@symbreak/core";
import type { BareNetwork, Scheduler } from "../../../networks/src/diffusers/index.ts";
import { combine, type Denoiser } from "../../src/index.ts";

/**
 * A quirk of diffusers' churn: the network is called before the noise is added, and its output is read after. The
 * solver asks about the noisier batch; this denoiser answers about the one before, which `advance` keeps current.
 *
 * `scale` is what the network's input is multiplied by at a level.
 */
export function staleNetwork(
  scheduler: Scheduler,
  network: BareNetwork,
  walk: readonly NoiseLevel[],
  start: Samples,
  scale: (level: NoiseLevel) => number,
): { denoiser: Denoiser; advance(x: Samples): void } {
  let x = start;
  let i = 0;
  const ask = () => network.predict(combine([scale(walk[i]!), x]), walk[i]!);
  const denoiser = scheduler.denoiserOf({ ...network, predict: ask });
  return {
    denoiser: denoiser.predicts === "v" ? { ...network, ...readUnraised() } : denoiser,
    advance(next) {
      x = next;
      i++;
    },
  };

  /** Of a v output even the level is the old one. */
  function readUnraised(): Pick<Denoiser, "predicts" | "predict"> {
    return {
      predicts: "sample",
      predict: async (raised) => toSample(await ask(), raised, walk[i]!, "v"),
    };
  }
}
