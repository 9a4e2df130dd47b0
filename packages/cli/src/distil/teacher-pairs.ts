import { CLEAN, gaussian, type Moments, type NoiseLevel, philoxNoise } from "@symbreak/core";
import { dpmMultistep, type Network } from "@symbreak/samplers";
import { type DistilConfig, distilPairs, type Walk } from "@symbreak/trainer";

/** Walks that are made at once. */
const AT_ONCE = 64;

/** The levels of some indices, then clean data. */
export function levelsOf(
  { process }: Pick<Network, "process">,
  timesteps: readonly number[],
): NoiseLevel[] {
  return [...timesteps.map((timestep) => process.level(timestep)), CLEAN];
}

/** All pairs of a config, laid end to end: the walks of the teacher's DPM-Solver++ 2M from the late starts of the seed. */
export async function teacherPairs(
  { timesteps, teacherTimesteps, ends, trajectories, seed }: Required<DistilConfig>,
  network: Network,
  moments: Moments,
  onDone: (trajectories: number) => void,
): Promise<Float32Array> {
  const levels = levelsOf(network, timesteps);
  const law = gaussian(moments);
  const draw = (first: number, count: number) => {
    const numbers = Float64Array.from({ length: count }, (_, i) => first + i);
    return Float32Array.from(law.sample(count, philoxNoise(seed, numbers), levels[0]!));
  };
  const grid = levelsOf(network, teacherTimesteps);
  const teacher: Walk = async (x, asked) => {
    const points = [];
    for await (const step of dpmMultistep().walk(network.denoiser, x, grid))
      if (asked.some(({ timestep }) => timestep === step.level.timestep)) points.push(step.x);
    return points;
  };
  const length = timesteps.length * 2 * law.size;
  const pairs = new Float32Array(trajectories * length);
  for (let first = 0; first < trajectories; first += AT_ONCE) {
    const count = Math.min(AT_ONCE, trajectories - first);
    pairs.set(await distilPairs({ levels, draw, teacher, ends }, first, count), first * length);
    onDone(first + count);
  }
  return pairs;
}
