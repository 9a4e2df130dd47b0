import { type Noise, type NoiseLevel, type Samples, torchNoise } from "@symbreak/core";

/** The batches of the golden file: 0, 1/N, … laid out batch-last and moved to batch-first; `reversed` descends. */
export function dummySample(shape: readonly number[], reversed = false): Float64Array {
  const count = shape[0]!;
  const total = shape.reduce((product, length) => product * length, 1);
  const size = total / count;
  return Float64Array.from({ length: total }, (_, at) => {
    const k = (at % size) * count + Math.floor(at / size);
    return (reversed ? total - 1 - k : k) / total;
  });
}

/** A network that only scales its input: x·t/(t + 1), or x·(t + 2)/(t + 3) where t reaches −1. */
export type Dummy = (x: Samples, timestep: number) => Samples;

/** The network that a case names. */
export function dummyModel(name = "dummy_model"): Dummy {
  const offset = name.startsWith("x*(t+2)/(t+3)") ? 2 : name === "dummy_model" ? 0 : undefined;
  if (offset === undefined) throw new Error(`unknown model "${name}"`);
  return (x, t) => x.map((value) => (value * (t + offset)) / (t + offset + 1));
}

/** The noise that a case names; `undefined` for none. */
export function dummyNoise(name: string | null | undefined): Noise | undefined {
  const torch = /^torch_cpu_seed(\d+)/.exec(name ?? "none");
  if (torch) return torchNoise(Number(torch[1]));
  if ((name ?? "none").startsWith("none")) return undefined;
  if (name !== "sin") throw new Error(`unknown noise "${name}"`);
  return (out, _size, draw) => {
    for (let i = 0; i < out.length; i++)
      out[i] = Math.SQRT2 * Math.sin(0.7 * i + 1.3 * (draw - 1) + 0.1);
  };
}

/** A dummy as the network of a scheduler, keeping a record of the timesteps that it was told. */
export function recorded(
  model: Dummy,
  shape: readonly number[],
): {
  readonly shape: readonly number[];
  readonly told: number[];
  predict(x: Samples, level: NoiseLevel): Promise<Samples>;
} {
  const told: number[] = [];
  return {
    shape,
    told,
    async predict(x, { timestep }) {
      told.push(timestep);
      return model(x, timestep);
    },
  };
}
