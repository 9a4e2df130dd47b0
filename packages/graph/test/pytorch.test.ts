import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { adamScalars, trainingStep } from "../scripts/training-step.ts";
import { unetShapes } from "../scripts/unet.ts";
import {
  add,
  constant,
  conv2d,
  div,
  findBlockSize,
  gelu,
  gradients,
  groupNorm,
  input,
  interpret,
  linear,
  logSoftmax,
  matmul,
  mean,
  minimum,
  mul,
  type OnnxOptions,
  oneHot,
  pack,
  program,
  softmax,
  sqrt,
  sub,
  sum,
  type Tensor,
  tanh,
  unpack,
} from "../src/index.ts";
import { expectSame } from "./support/check-operation.ts";
import { runModel, runOnnx } from "./support/run-onnx.ts";
import { wave, waveTensor } from "./support/wave.ts";

type Recorded = Record<string, number[]>;
const recorded = JSON.parse(
  readFileSync(`${import.meta.dirname}/fixtures/pytorch.json`, "utf8"),
) as {
  conv: Recorded;
  groupNorm: Recorded;
  attention: Recorded;
  gelu: Recorded;
  unet: { losses: number[]; gradients: Record<string, [norm: number, product: number]> };
  clippedAdam: { norms: number[]; parameters: number[]; average: number[] };
};

/** Holds f and its gradients against what PyTorch recorded. */
async function check(
  wanted: Recorded,
  x: Record<string, Tensor>,
  f: (x: Record<string, Tensor>) => Tensor,
) {
  const y = f(x);
  const found = gradients(sum(mul(y, waveTensor(y.shape, 5))), Object.values(x));
  const all = program({
    y,
    ...Object.fromEntries(Object.keys(x).map((name, i) => [`d${name}`, found[i]!])),
  });
  expectSame(interpret(all), wanted, 1e-10);
  expectSame(await runOnnx(all, {}), wanted);
}

const blockSize = await findBlockSize(runModel);

describe("PyTorch's numbers, recorded in double precision", () => {
  it("a strided convolution with different padding on each side", () =>
    check(
      recorded.conv,
      {
        x: waveTensor([2, 3, 5, 6]),
        filter: waveTensor([4, 3, 3, 2], 1),
        bias: waveTensor([4], 2),
      },
      ({ x, filter, bias }) =>
        conv2d(x!, filter!, { bias: bias!, stride: 2, padding: [0, 1, 1, 0] }),
    ));

  it("group normalisation", () =>
    check(
      recorded.groupNorm,
      { x: waveTensor([2, 4, 3, 2]), scale: waveTensor([4], 1), shift: waveTensor([4], 2) },
      ({ x, scale, shift }) => groupNorm(x!, { groups: 2, scale: scale!, shift: shift! }),
    ));

  it("attention", () =>
    check(
      recorded.attention,
      { q: waveTensor([2, 5, 4]), k: waveTensor([2, 5, 4], 1), v: waveTensor([2, 5, 3], 2) },
      ({ q, k, v }) => matmul(softmax(mul(matmul(q!, k!, { transposeB: true }), 0.5)), v!),
    ));

  it("gelu", () => check(recorded.gelu, { input: waveTensor([9], 0, 3) }, (x) => gelu(x.input!)));

  const config = { base: 8, image: 1, groups: 4, batch: 8, size: 8 };
  const step = trainingStep(config);
  const shapes = Object.entries(unetShapes(config));
  const start = {
    x: wave([8, 1, 8, 8], 1),
    noise: wave([8, 1, 8, 8], 2),
    t: Float64Array.from({ length: 8 }, (_, i) => 100 * i),
    parameters: Float64Array.from(
      shapes.flatMap(([, shape], k) => {
        const isScale = shape.length === 1 && k % 2 === 0;
        return Array.from(wave(shape, k, 0.2), (v) => v + Number(isScale));
      }),
    ),
    m: new Float64Array(step.inputs.m!.shape[0]!),
    v: new Float64Array(step.inputs.v!.shape[0]!),
  };

  type Run = (
    values: Record<string, ArrayLike<number>>,
  ) => Promise<Record<string, ArrayLike<number>>>;
  async function train(run: Run): Promise<{ losses: number[]; m: ArrayLike<number> }> {
    let state: Record<string, ArrayLike<number>> = start;
    const losses: number[] = [];
    let m: ArrayLike<number> = [];
    for (let count = 1; count <= 3; count++) {
      const { rate, epsilon } = adamScalars(count);
      const next = await run({ ...state, rate: [rate], epsilon: [epsilon] });
      losses.push(next.loss![0]!);
      if (count === 1) m = next["next.m"]!;
      state = {
        ...start,
        parameters: next["next.parameters"]!,
        m: next["next.m"]!,
        v: next["next.v"]!,
      };
    }
    return { losses, m };
  }

  /** After one step the first moment is the gradient. */
  function summary(gradient: ArrayLike<number>): Recorded {
    let offset = 0;
    const found = shapes.map(([name, shape]) => {
      const weights = wave(shape, 3);
      const part = Array.from(gradient).slice(offset, offset + weights.length);
      offset += weights.length;
      return [name, [Math.hypot(...part), part.reduce((s, g, i) => s + g * weights[i]!, 0)]] as [
        string,
        number[],
      ];
    });
    return Object.fromEntries(found);
  }

  function agree(found: { losses: number[]; m: ArrayLike<number> }, tolerance: number): void {
    for (const [i, loss] of recorded.unet.losses.entries()) {
      expect(Math.abs(found.losses[i]! / loss - 1), `loss ${i}`).toBeLessThan(tolerance);
    }
    expectSame(summary(found.m), recorded.unet.gradients, tolerance);
  }

  it("a U-Net's training steps, in the reference", async () => {
    agree(await train(async (values) => interpret(step, values)), 1e-9);
  });

  it("a U-Net's training steps, each as one ONNX graph of public operators", async () => {
    agree(await train((values) => runOnnx(step, values)), 2e-5);
  });

  it.skipIf(!blockSize)("a U-Net's training steps, with blocked convolutions", async () => {
    const options: OnnxOptions = { blockSize: blockSize! };
    agree(await train((values) => runOnnx(step, values, options)), 2e-5);
  });

  it("clipped gradients, Adam and a moving average of the parameters", async () => {
    const [beta1, beta2, rate, limit] = [0.9, 0.999, 0.05, 0.3];
    const parameters = input("parameters", [42]);
    const [m, v, average] = ["m", "v", "average"].map((name) => input(name, [42])) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    const [c1, c2] = [input("c1", []), input("c2", [])];
    const { first, second } = unpack(parameters, { first: [6, 3], second: [4, 6] });
    const logits = linear(tanh(linear(waveTensor([5, 3], 3), first)), second);
    const labels = oneHot(constant([0, 3, 1, 1, 2], [5], "int32"), 4);
    const loss = mul(mean(sum(mul(logSoftmax(logits), labels), [1])), -1);
    const raw = pack(gradients(loss, [first, second]));
    const norm = sqrt(sum(mul(raw, raw)));
    const g = mul(raw, minimum(1, div(limit, add(norm, 1e-6))));
    const nextM = add(mul(m, beta1), mul(g, 1 - beta1));
    const nextV = add(mul(v, beta2), mul(mul(g, g), 1 - beta2));
    const delta = div(div(nextM, c1), add(sqrt(div(nextV, c2)), 1e-8));
    const next = sub(parameters, mul(delta, rate));
    const tried = program({
      norm,
      "next.parameters": next,
      "next.m": nextM,
      "next.v": nextV,
      "next.average": add(mul(average, 0.9), mul(next, 0.1)),
    });
    const begin = Float64Array.from([...wave([6, 3], 1), ...wave([4, 6], 2)]);
    for (const [run, tolerance] of [
      [async (x: Recorded) => interpret(tried, x), 1e-10],
      [(x: Recorded) => runOnnx(tried, x), 2e-5],
    ] as const) {
      const zeros = new Array<number>(42).fill(0);
      let state: Recorded = { parameters: [...begin], average: [...begin], m: zeros, v: zeros };
      const norms: number[] = [];
      for (let count = 1; count <= 3; count++) {
        const found = await run({ ...state, c1: [1 - beta1 ** count], c2: [1 - beta2 ** count] });
        norms.push(found.norm![0]!);
        state = Object.fromEntries(
          Object.keys(state).map((name) => [name, Array.from(found[`next.${name}`]!)]),
        );
      }
      const { parameters, average } = state as { parameters: number[]; average: number[] };
      expectSame({ norms, parameters, average }, recorded.clippedAdam, tolerance);
    }
  });
});
