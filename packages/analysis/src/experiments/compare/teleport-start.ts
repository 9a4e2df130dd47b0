import { type Moments, type NoiseLevel, noiseToSignal } from "@symbreak/core";
import { gaussianFlow, noiseStart, type Start } from "@symbreak/samplers";

/**
 * Noise at the top of a process, carried to a level by the probability flow of the Gaussian with the data's moments, at no
 * network call: the "Gaussian teleportation" of Wang & Vastola 2024 (arXiv 2412.09726). Beside the Gaussian late start it
 * differs only by what N(0, I) at the top gets wrong.
 */
export function teleportStart(moments: Moments, top: NoiseLevel, at: NoiseLevel): Start {
  return {
    name: "teleport",
    at,
    units: moments.units,
    begin(level, size) {
      const draw = noiseStart().begin(top, size);
      const same = noiseToSignal(level) >= noiseToSignal(top);
      return (count, noise, first) => {
        const x = draw(count, noise, first);
        return same ? x : gaussianFlow(moments, x, top, level);
      };
    },
  };
}
