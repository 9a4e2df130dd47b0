import { discreteSchedule, linearBetas, type Precision, timesteps } from "@symbreak/core";
import { fromSchedulerConfig } from "../../../networks/src/diffusers/index.ts";
import { ddim, fPndm } from "../../src/index.ts";
import { absoluteSum, type Outcome } from "./compare.ts";
import { dummyModel, dummyNoise, dummySample, recorded } from "./dummies.ts";
import type { OfficialCase } from "./golden-file.ts";
import { torchBetas } from "./torch-betas.ts";

/** Runs a case of the official late-start repository: its DDIM and "DDPM" return the last x0, its PNDM the last x. */
export async function runOfficialCase(
  golden: OfficialCase,
  precision: Precision,
): Promise<Outcome & { readonly sequence: readonly number[] }> {
  const [, sampler, count, late] = /^officialrepo\/(\w+)\/n(\d+)\/late(\w+)$/.exec(golden.id) ?? [];
  const name = golden.sampler ?? sampler;
  const steps = golden.n_steps ?? Number(count);
  const lateAt = golden.late_t ?? (late === undefined || late === "None" ? null : Number(late));
  const chain = { beta_schedule: "linear", beta_start: 1e-4, beta_end: 0.02 };
  const betas = precision === "float32" ? torchBetas(chain)! : linearBetas(1000, 1e-4, 0.02);
  const schedule = discreteSchedule({ betas, precision });
  const sequence = lateAt === null ? strided(steps) : timesteps("late", steps, { start: lateAt });
  const shape = [4, 3, 8, 8];
  const start = dummySample(shape);
  const network = recorded(dummyModel(golden.model), shape.slice(1));
  const denoiser = { ...network, predicts: "epsilon" as const };
  const scheduler = fromSchedulerConfig(
    { _class_name: "DDPMScheduler", trained_betas: [...betas] },
    { precision },
  );
  const walk = scheduler.levels({ timesteps: sequence });
  const noise = dummyNoise(golden.noise);
  const options = noise ? { noise } : {};
  const run = {
    ddim: () => ddim().walk(denoiser, start, walk, options),
    ddpm: () => ddim({ eta: 1 }).walk(denoiser, start, walk, options),
    psdm: () => fPndm().walk(denoiser, start, walk, { process: schedule }),
  }[name ?? ""];
  if (run === undefined) throw new Error(`unknown sampler "${name}"`);
  const trace: number[] = [];
  let x = start;
  for await (const step of run()) {
    x = (name === "psdm" ? step.x : step.denoised) as Float64Array<ArrayBuffer>;
    trace.push(absoluteSum(x));
  }
  return { x, trace, sequence: sequence.toReversed() };
}

/** arange(0, 1000, 1000 // n), descending: four timesteps for n = 3. */
function strided(steps: number): number[] {
  const stride = Math.floor(1000 / steps);
  return Array.from({ length: Math.ceil(1000 / stride) }, (_, k) => k * stride).reverse();
}
