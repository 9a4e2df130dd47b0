import { discreteSchedule, empirical, levels, philoxNoise, type Samples } from "@symbreak/core";
import { type Denoiser, exactDenoiser } from "@symbreak/samplers";
import { describe, expect, test } from "vitest";
import {
  calibrateKernels,
  explainedVariance,
  kernelBySigma,
  type LocalScoreKind,
  localScoreDenoiser,
} from "../../src/index.ts";

const shape = [2, 4, 5];
const size = 40;
const images = (count: number, seed: number): Float64Array => {
  const out = new Float64Array(count * size);
  philoxNoise(seed)(out, size, 0);
  return out;
};
const data = images(6, 1);
const [noisy, middle, clean] = levels(discreteSchedule(), [700, 400, 100], null);
const x = images(3, 2);

const close = (a: Samples, b: Samples, tolerance = 1e-9) => {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(Math.abs(a[i]! - b[i]!)).toBeLessThan(tolerance);
};

/** The definition, pixel by pixel. */
function byDefinition(kind: LocalScoreKind, kernel: number, level: typeof noisy): Float64Array {
  const [channels, height, width] = shape as [number, number, number];
  const radius = (kernel - 1) / 2;
  const { alpha, sigma } = level!;
  const pixel = (set: Float64Array, n: number, c: number, y: number, column: number): number => {
    if (kind === "equivariant") {
      const [row, col] = [(y + height) % height, (column + width) % width];
      return set[n * size + (c * height + row) * width + col]!;
    }
    if (y < 0 || y >= height || column < 0 || column >= width) return 0;
    return set[n * size + (c * height + y) * width + column]!;
  };
  const edges = (y: number, column: number) =>
    [y, height - 1 - y, column, width - 1 - column].map((d) => Math.min(d, radius)).join();
  const out = new Float64Array(x.length);
  for (let n = 0; n < 3; n++)
    for (let y = 0; y < height; y++)
      for (let col = 0; col < width; col++) {
        const sums = [0, 0];
        let total = 0;
        for (let m = 0; m < 6; m++)
          for (let v = 0; v < height; v++)
            for (let u = 0; u < width; u++) {
              if (kind === "local" && (v !== y || u !== col)) continue;
              if (kind === "bordered" && edges(v, u) !== edges(y, col)) continue;
              let square = 0;
              for (let c = 0; c < channels; c++)
                for (let dy = -radius; dy <= radius; dy++)
                  for (let dx = -radius; dx <= radius; dx++)
                    square +=
                      (pixel(x, n, c, y + dy, col + dx) -
                        alpha * pixel(data, m, c, v + dy, u + dx)) **
                      2;
              const weight = Math.exp((-0.5 * square) / sigma ** 2);
              total += weight;
              for (let c = 0; c < channels; c++) sums[c]! += weight * pixel(data, m, c, v, u);
            }
        for (let c = 0; c < channels; c++)
          out[n * size + (c * height + y) * width + col] = sums[c]! / total;
      }
  return out;
}

describe("localScoreDenoiser", () => {
  test.each(["local", "equivariant", "bordered"] as const)("%s is its definition", async (kind) => {
    for (const kernel of [1, 3]) {
      const machine = localScoreDenoiser(data, shape, { kernel, kind });
      close(await machine.predict(x, noisy!), byDefinition(kind, kernel, noisy));
      close(await machine.predict(x, middle!), byDefinition(kind, kernel, middle));
    }
  });

  test.each(["local", "bordered"] as const)(
    "a %s kernel beyond the image is the empirical denoiser",
    async (kind) => {
      const machine = localScoreDenoiser(data, shape, { kernel: 9, kind });
      const exact = exactDenoiser(empirical(data, size), shape);
      for (const level of [noisy!, middle!, clean!])
        close(await machine.predict(x, level), await exact.predict(x, level));
    },
  );

  test("the equivariant machine moves with the image", async () => {
    const machine = localScoreDenoiser(data, shape, { kernel: 3, kind: "equivariant" });
    const shift = (image: Samples): Float64Array =>
      Float64Array.from(image, (_, i) => {
        const [row, column] = [Math.floor(i / 5), i % 5];
        const [channel, y] = [Math.floor(row / 4), row % 4];
        return image[(channel * 4 + ((y + 1) % 4)) * 5 + ((column + 2) % 5)]!;
      });
    const one = x.subarray(0, size);
    close(await machine.predict(shift(one), noisy!), shift(await machine.predict(one, noisy!)));
  });

  test("a single pixel knows the law of all pixels, and the batch changes nothing", async () => {
    const grey = images(4, 5);
    const machine = localScoreDenoiser(grey, [1, 8, 5], { kernel: 1, kind: "equivariant" });
    const exact = empirical(grey, 1);
    close(await machine.predict(x, noisy!), exact.denoise(x, noisy!));
    const alone = await machine.predict(x.subarray(size, 2 * size), noisy!);
    close(alone, (await machine.predict(x, noisy!)).subarray(size, 2 * size), 1e-13);
  });

  test("names what is wrong", async () => {
    const open = (change: object, of = shape) =>
      localScoreDenoiser(data, of, { kernel: 3, ...change });
    expect(() => open({ kernel: 2 })).toThrow("kernel must be an odd number, got 2");
    expect(() => open({ kind: "patchy" })).toThrow('kind must be "local"');
    expect(() => open({}, [40])).toThrow("shape must be [channels, height, width]");
    expect(() => open({}, [1, 7, 7])).toThrow("whole images of 49 numbers");
    await expect(open({ kernel: () => 4 }).predict(x, noisy!)).rejects.toThrow("odd number, got 4");
  });
});

describe("calibrateKernels", () => {
  const machine = (kernel: number) => localScoreDenoiser(data, shape, { kernel, kind: "bordered" });
  /** A network that looks far in noise and near at the data. */
  const network: Denoiser = {
    ...{ shape, predicts: "sample" },
    predict: (batch, level) => machine(level.sigma > 0.9 ? 5 : 3).predict(batch, level),
  };

  test("finds the scale of a network that is a machine, and then explains all of it", async () => {
    const scales = await calibrateKernels({
      ...{ network, machine, data: x, levels: [noisy!, clean!], kernels: [1, 3, 5, 7] },
    });
    expect(scales.map(({ kernel }) => kernel)).toEqual([5, 3]);
    expect(scales[0]!.errors.find(({ kernel }) => kernel === 5)!.error).toBeLessThan(1e-20);
    expect(scales[0]!.errors.find(({ kernel }) => kernel === 1)!.error).toBeGreaterThan(1e-4);
    const kernel = kernelBySigma(scales);
    expect([kernel(noisy!), kernel(clean!)]).toEqual([5, 3]);
    const calibrated = localScoreDenoiser(data, shape, { kernel });
    const [own, found] = await Promise.all(
      [network, calibrated].map((denoiser) => denoiser.predict(x, noisy!)),
    );
    expect(explainedVariance(own!, found!, size).median).toBeCloseTo(1, 12);
  });

  test("names what is wrong", async () => {
    const run = (change: object) =>
      calibrateKernels({ network, machine, data: x, levels: [noisy!], ...change });
    await expect(run({ kernels: [] })).rejects.toThrow("kernels must be at least one");
    await expect(run({ data: new Float64Array(3) })).rejects.toThrow("whole samples of 40");
    expect(() => kernelBySigma([])).toThrow("scales must be at least one");
  });
});

describe("explainedVariance", () => {
  test("is 1 for the same images, 0 for their mean grey, negative for worse", () => {
    const samples = Float64Array.of(0, 2, 4, 1, 1, 4);
    expect(explainedVariance(samples, samples, 3)).toEqual({ values: [1, 1], median: 1 });
    const grey = Float64Array.of(2, 2, 2, 2, 2, 2);
    expect(explainedVariance(samples, grey, 3).values).toEqual([0, 0]);
    const other = Float64Array.of(4, 2, 0, 1, 1, 4);
    expect(explainedVariance(samples, other, 3).values).toEqual([-3, 1]);
    expect(() => explainedVariance(samples, grey.subarray(1), 3)).toThrow("as many of 3 numbers");
    expect(() => explainedVariance(grey, samples, 3)).toThrow("no sample may be of one grey");
  });
});
