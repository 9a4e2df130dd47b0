import {
  constant,
  gradients,
  input,
  interpret,
  mean,
  mul,
  program,
  reshape,
  type Tensor,
} from "@symbreak/graph";
import { expect, test } from "vitest";
import { learnedMonotone, variationalDiffusion } from "../../../src/index.ts";
import { vdmTerms } from "../../../src/objectives/vdm/vdm-terms.ts";

const schedule = learnedMonotone({ min: -5, max: 4, units: 6 });
const names = schedule.parameters.map(({ name }) => name);
const weights = Object.fromEntries(
  schedule.parameters.map(({ name, shape, init }, i) => [name, init(shape, 2, i)]),
);
const parameters = Object.fromEntries(
  schedule.parameters.map(({ name, shape }) => [name, input(name, shape)]),
);
const wave = (salt: number): Float64Array =>
  Float64Array.from({ length: 6 }, (_, i) => Math.sin(salt + 2.1 * i));
const inputs = {
  data: constant(wave(1), [6, 1]),
  noise: constant(wave(2), [6, 1]),
  decoderNoise: constant(wave(3), [6, 1]),
  t: constant([0.1, 0.25, 0.4, 0.6, 0.75, 0.9]),
};
const network = (x: Tensor, t: Tensor): Tensor => mul(mul(x, 0.3), reshape(t, [6, 1]));

test.each([undefined, 5])(
  "with %s steps the way between the ends is bent by the variance, the ends by the bound",
  (steps) => {
    const objective = variationalDiffusion({ schedule, data: "real", ...(steps && { steps }) });
    const { loss, gradients: own } = objective.loss(network, inputs, parameters);
    const settings = { schedule, data: "real", steps, timeScale: 1 } as const;
    const { diffusion } = vdmTerms(network, inputs, parameters, settings);
    expect(Object.keys(own!)).toEqual(schedule.bends);
    expect(names).toContain("schedule.min");
    const bits = mul(diffusion, 1 / Math.LN2);
    const wanted = gradients(
      mean(mul(bits, bits)),
      schedule.bends.map((name) => parameters[name]!),
    );
    const outputs = Object.fromEntries([
      ["loss", loss],
      ...schedule.bends.flatMap((name, i) => [
        [`own ${name}`, mul(own![name]!, 1)],
        [`wanted ${name}`, mul(wanted[i]!, 1)],
      ]),
    ]);
    const found = interpret(program(outputs), weights);
    for (const name of schedule.bends) {
      const slopes = found[`wanted ${name}`]!;
      slopes.forEach((slope, i) => {
        expect(Math.abs(slope)).toBeGreaterThan(1e-9);
        expect(found[`own ${name}`]![i]! / slope).toBeCloseTo(1, 6);
      });
    }
  },
);
