import { expect } from "vitest";
import {
  add,
  constant,
  gradients,
  input,
  interpret,
  jvp,
  mul,
  type OnnxOptions,
  program,
  type Shape,
  sum,
  type Tensor,
} from "../../src/index.ts";
import { uniform } from "./random.ts";
import { runOnnx } from "./run-onnx.ts";

export interface Check extends OnnxOptions {
  readonly seed: number;
  /** Where the inputs are drawn from, [−2, 2] by default. */
  readonly low?: number;
  readonly high?: number;
}

const H = 1e-5;

/**
 * Holds an operation of float32 inputs against second methods: its gradient, Jacobian–vector product and second
 * derivative against central differences in double precision, and all of them on onnxruntime against the reference.
 */
export async function checkOperation(
  shapes: readonly Shape[],
  f: (...x: Tensor[]) => Tensor,
  { seed, low = -2, high = 2, ...options }: Check,
): Promise<void> {
  const x = shapes.map((shape, i) => input(`x${i}`, shape));
  const like = (of: readonly Tensor[], salt: number): Tensor[] =>
    of.map(({ shape }, i) => constant(uniform(shape, seed + 100 * salt + i), shape));
  const y = f(...x);
  const dot = (a: readonly Tensor[], b: readonly Tensor[]): Tensor =>
    a.map((t, i) => sum(mul(t, b[i]!))).reduce((s, t) => add(s, t));
  const tangents = like(x, 1);
  const [loss, directions] = [dot([y], like([y], 2)), like(x, 3)];
  const first = gradients(loss, x);
  const along = dot(first, directions);
  const second = gradients(along, x);

  const named = (prefix: string, tensors: readonly Tensor[]): Record<string, Tensor> =>
    Object.fromEntries(tensors.map((t, i) => [`${prefix}${i}`, t]));
  const all = program({
    y,
    loss,
    along,
    tangent: jvp([y], x, tangents)[0]!,
    ...named("first", first),
    ...named("second", second),
  });
  const at = Object.fromEntries(
    x.map(({ shape }, i) => [`x${i}`, uniform(shape, seed + i, low, high)]),
  );
  const values = interpret(all, at);

  const scalars = program({ loss, along });
  for (const [i, { shape }] of x.entries()) {
    for (let k = 0; k < at[`x${i}`]!.length; k++) {
      const moved = (h: number): Record<string, Float64Array> => {
        const shifted = at[`x${i}`]!.slice();
        shifted[k]! += h;
        return interpret(scalars, { ...at, [`x${i}`]: shifted });
      };
      const [up, down] = [moved(H), moved(-H)];
      const slope = (name: string): number => (up[name]![0]! - down[name]![0]!) / (2 * H);
      const place = `x${i} [${shape}] at ${k}`;
      close(values[`first${i}`]![k]!, slope("loss"), `gradient by ${place}`);
      close(values[`second${i}`]![k]!, slope("along"), `second derivative by ${place}`);
    }
  }

  const results = program({ y });
  const stepped = (h: number): Float64Array => {
    const shifted = x.map(({ shape }, i) => {
      const t = uniform(shape, seed + 100 + i);
      return [`x${i}`, at[`x${i}`]!.map((v, k) => v + h * t[k]!)] as const;
    });
    return interpret(results, Object.fromEntries(shifted)).y!;
  };
  const [up, down] = [stepped(H), stepped(-H)];
  values.tangent!.forEach((v, k) => {
    close(v, (up[k]! - down[k]!) / (2 * H), `Jacobian–vector product at ${k}`);
  });

  const { loss: _, along: __, ...elementwise } = values;
  const found = await runOnnx(all, at, options);
  expectSame(found, elementwise);
  // A sum's rounding is that of its terms, however much of them cancels.
  const terms = (of: readonly Float64Array[], salt: number): number =>
    of
      .map((v, i) => uniform([v.length], seed + 100 * salt + i).map((w, k) => Math.abs(w * v[k]!)))
      .reduce((total, sizes) => sizes.reduce((a, b) => a + b, total), 0);
  const firsts = x.map((_, i) => values[`first${i}`]!);
  sameSum(found.loss![0]!, values.loss![0]!, terms([values.y!], 2));
  sameSum(found.along![0]!, values.along![0]!, terms(firsts, 3));
}

function sameSum(found: number, wanted: number, size: number): void {
  const error = Math.abs(found - wanted) / Math.max(0.1, size);
  expect(error, `sum ${found}, wanted ${wanted}`).toBeLessThan(2e-5);
}

function close(found: number, wanted: number, what: string): void {
  const error = Math.abs(found - wanted) / Math.max(1, Math.abs(wanted));
  expect(error, `${what}: ${found}, by differences ${wanted}`).toBeLessThan(1e-6);
}

/** Float32 results against the reference's, relative to each output's largest element (or 0.1, if that is larger). */
export function expectSame(
  found: Readonly<Record<string, ArrayLike<number>>>,
  wanted: Readonly<Record<string, ArrayLike<number>>>,
  tolerance = 2e-5,
): void {
  for (const [name, values] of Object.entries(wanted)) {
    const scale = Array.from(values).reduce((top, v) => Math.max(top, Math.abs(v)), 0.1);
    const error = Array.from(values).reduce(
      (top, v, i) => Math.max(top, Math.abs(v - found[name]![i]!)),
      0,
    );
    expect(found[name]!.length, name).toBe(values.length);
    expect(error / scale, `${name}: largest error over largest value`).toBeLessThan(tolerance);
  }
}
