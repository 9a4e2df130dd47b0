import {
  checkKeys,
  invalid,
  type NoiseLevel,
  noiseToSignal,
  philoxNoise,
  type Samples,
} from "@symbreak/core";
import type { Denoiser } from "@symbreak/samplers";
import { linearised } from "../symmetry/linearised.ts";

/** How far a network looks at one level. */
export interface KernelAt {
  readonly level: NoiseLevel;
  /** Side of the patch: the median over samples of the best. */
  readonly kernel: number;
  /** Mean square difference of network and machine for each kernel tried, per coordinate. */
  readonly errors: readonly { readonly kernel: number; readonly error: number }[];
}

/** What {@link calibrateKernels} needs. */
export interface CalibrateKernelsOptions {
  readonly network: Denoiser;
  /** The machine of a kernel: `(kernel) => localScoreDenoiser(data, shape, { kernel })`. */
  readonly machine: (kernel: number) => Denoiser;
  /** Clean samples to look at; some ten will do. */
  readonly data: Samples;
  readonly levels: readonly NoiseLevel[];
  /** Odd. Default 3, 5, … 17. */
  readonly kernels?: readonly number[];
  /** Of the noise. Default 0. */
  readonly seed?: number;
}

/**
 * The scale at which a network looks at each noise level, by the local score machine that is nearest to it: wide in noise,
 * narrow near the data (arXiv 2412.20292, whose scales are such medians over ten samples).
 */
export async function calibrateKernels(options: CalibrateKernelsOptions): Promise<KernelAt[]> {
  checkKeys("calibrateKernels", options, [
    ...["network", "machine", "data", "levels", "kernels", "seed"],
  ]);
  const { network, machine, data, levels, seed = 0 } = options;
  const { kernels = [3, 5, 7, 9, 11, 13, 15, 17] } = options;
  const line = linearised("calibrateKernels", network);
  const { size } = line;
  const count = data.length / size;
  if (!Number.isInteger(count) || count < 1)
    throw invalid("calibrateKernels", `data must hold whole samples of ${size}`, data.length);
  if (kernels.length === 0)
    throw invalid("calibrateKernels", "kernels must be at least one", kernels.length);
  const noise = new Float64Array(data.length);
  philoxNoise(seed)(noise, size, 0);
  const out: KernelAt[] = [];
  for (const level of levels) {
    const x = noise.map((z, i) => level.alpha * data[i]! + level.sigma * z);
    const target = await line.denoise(x, level);
    const best = new Float64Array(count).fill(Infinity);
    const chosen = new Array<number>(count).fill(kernels[0]!);
    const errors: { kernel: number; error: number }[] = [];
    for (const kernel of kernels) {
      const own = await linearised("calibrateKernels", machine(kernel)).denoise(x, level);
      const each = new Float64Array(count);
      for (let i = 0; i < own.length; i++)
        each[Math.floor(i / size)]! += (own[i]! - target[i]!) ** 2 / size;
      each.forEach((error, n) => {
        if (error >= best[n]!) return;
        best[n] = error;
        chosen[n] = kernel;
      });
      errors.push({ kernel, error: each.reduce((sum, error) => sum + error, 0) / count });
    }
    const kernel = chosen.sort((a, b) => a - b)[Math.floor((count - 1) / 2)]!;
    out.push({ level, kernel, errors });
  }
  return out;
}

/** The kernel of the calibrated level nearest in log SNR: the `kernel` of {@link localScoreDenoiser}. */
export function kernelBySigma(scales: readonly KernelAt[]): (level: NoiseLevel) => number {
  if (scales.length === 0) throw invalid("kernelBySigma", "scales must be at least one", 0);
  return (level) => {
    const log = Math.log(noiseToSignal(level));
    const away = (at: KernelAt) => Math.abs(Math.log(noiseToSignal(at.level)) - log);
    return scales.reduce((near, at) => (away(at) < away(near) ? at : near)).kernel;
  };
}
