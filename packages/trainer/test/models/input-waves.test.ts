import { constant, interpret, program } from "@symbreak/graph";
import { expect, test } from "vitest";
import { withInputWaves } from "../../src/models/input-waves.ts";
import { smallUnet } from "../../src/models/small-unet.ts";
import { partsOf } from "../../src/run/from-config.ts";
import { noisyWeights, outputOf } from "../leaves.ts";
import { tinyConfig } from "../run/tiny-config.ts";

test("the waves follow the sample, sine and cosine for each exponent", () => {
  const z = [0.1, -0.7, 1 / 255, 0.5];
  const output = withInputWaves(constant(z, [1, 2, 2, 1]), [7, 8]);
  expect(output.shape).toEqual([1, 10, 2, 1]);
  const found = interpret(program({ output }), {}).output!;
  const wanted = [
    z,
    ...[128, 256].flatMap((fast) => [
      z.map((v) => Math.sin(fast * Math.PI * v)),
      z.map((v) => Math.cos(fast * Math.PI * v)),
    ]),
  ].flat();
  for (const [i, value] of wanted.entries()) expect(found[i]).toBeCloseTo(value, 4);
});

test("two neighbouring bytes in [−1, 1] are a whole turn apart at n = 8, and half of one at 7", () => {
  const byte = (b: number) => b / 127.5 - 1;
  for (const [n, turns] of [
    [7, 128 / 255],
    [8, 256 / 255],
  ] as const) {
    const angle = (b: number) => 2 ** n * Math.PI * byte(b);
    expect((angle(101) - angle(100)) / (2 * Math.PI)).toBeCloseTo(turns, 12);
  }
});

const TINY = { sampleSize: 8, inChannels: 1, blockOutChannels: [8, 16] } as const;

test("a network with waves has more inputs only, in patches too", () => {
  for (const patchSize of [1, 2]) {
    const model = smallUnet({ ...TINY, patchSize, inputWaves: [7, 8] });
    const [first] = model.parameters;
    expect(first!.shape).toEqual([8, 5 * patchSize ** 2, 3, 3]);
    expect(model.shape).toEqual([1, 8, 8]);
    const sample = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i));
    expect(outputOf(model, noisyWeights(model), { sample, timestep: [1] })).toHaveLength(64);
  }
  expect(() => smallUnet({ ...TINY, inputWaves: [0.5] })).toThrow(
    "inputWaves must be whole numbers",
  );
});

test("VDM of bytes has them unless told otherwise, other objectives do not", () => {
  const model = { className: "SmallUNet", ...TINY };
  const wavesOf = (changes: Parameters<typeof tinyConfig>[0]) =>
    (partsOf(tinyConfig({ model, ...changes })).model.config as { inputWaves: number[] })
      .inputWaves;
  expect(wavesOf({ objective: { name: "vdm" } })).toEqual([7, 8]);
  expect(wavesOf({ objective: { name: "vdm" }, model: { ...model, inputWaves: [] } })).toEqual([]);
  expect(wavesOf({ objective: { name: "vdm", data: "real" } })).toEqual([]);
  expect(wavesOf({})).toEqual([]);
});
