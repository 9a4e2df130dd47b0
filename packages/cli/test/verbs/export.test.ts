import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { levelList } from "@symbreak/core";
import { interpret } from "@symbreak/graph";
import { type BareNetwork, fromSchedulerConfig } from "@symbreak/networks";
import { onnxDenoiser, sample } from "@symbreak/samplers";
import { denoiserProgram, onnxMetadata } from "@symbreak/trainer";
import { readPipelineDirectory } from "@symbreak/trainer/node";
import * as ort from "onnxruntime-node";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { main } from "../../src/main.ts";

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../trainer/test/fixtures/diffusers/${name}`, import.meta.url));

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "export-"));
});
afterAll(() => rm(directory, { recursive: true }));

/** A network computed by graph's interpreter. */
async function interpreted(name: string): Promise<BareNetwork> {
  const { model, weights } = await readPipelineDirectory(fixture(name));
  const size = model.shape.reduce((product, n) => product * n, 1);
  return {
    shape: model.shape,
    async predict(x, { timestep }) {
      const count = x.length / size;
      const feeds = { sample: x, timestep: new Float32Array(count).fill(timestep) };
      const { output } = interpret(denoiserProgram(model, count), { ...weights, ...feeds });
      return Float32Array.from(output!);
    },
  };
}

test("an exported file samples as the network itself does, by the scheduler in its metadata", async () => {
  const file = join(directory, "net.onnx");
  expect(await main(["export", fixture("ddpm"), "--onnx", file])).toBe(0);
  const bytes = await readFile(file);
  const scheduler = fromSchedulerConfig(JSON.parse(onnxMetadata(bytes).scheduler!));
  const session = await ort.InferenceSession.create(bytes);
  const network = await interpreted("ddpm");
  const exported = onnxDenoiser(session, { Tensor: ort.Tensor, shape: network.shape });
  const draw = async (denoiser: BareNetwork) => {
    const { samples, nfe } = await sample({
      denoiser: scheduler.denoiserOf(denoiser),
      solver: scheduler.solver,
      threshold: scheduler.options.threshold ?? null,
      grid: levelList(scheduler.levels(4)),
      count: 3,
      seed: 7,
    });
    expect(nfe).toBe(4);
    return samples;
  };
  const [a, b] = [await draw(exported), await draw(network)];
  expect(a.some((v) => Math.abs(v) > 0.1)).toBe(true);
  expect(Math.max(...a.map((v, i) => Math.abs(v - b[i]!)))).toBeLessThan(1e-4);
});

test("half precision halves the file, and --json says what was found", async () => {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const file = join(directory, "half.onnx");
  const code = await main(["export", fixture("attention"), "--onnx", file, "--fp16", "--json"]);
  const result = JSON.parse(String(write.mock.calls.at(-1)![0]));
  write.mockRestore();
  expect(code).toBe(0);
  expect(result).toMatchObject({
    file,
    precision: "float16",
    parameters: 11878,
    sample: [3, 8, 8],
  });
  expect(result.bytes).toBe((await readFile(file)).length);
  expect(result.verification.error).toBeLessThan(result.verification.tolerance);
});

test("a diffusers directory becomes a run with an ONNX file beside it", async () => {
  const out = join(directory, "run");
  expect(await main(["import", fixture("classes"), "--out", out])).toBe(0);
  const [before, after] = await Promise.all(
    [fixture("classes"), out].map((place) => readPipelineDirectory(place)),
  );
  expect(after!.weights).toEqual(before!.weights);
  expect(after!.scheduler).toEqual(before!.scheduler);
  const { config } = onnxMetadata(await readFile(join(out, "model.onnx")));
  expect(JSON.parse(config!)).toMatchObject({ _class_name: "UNet2DModel", num_class_embeds: 3 });
});

test("a directory without a network is an error that names it", async () => {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const code = await main(["export", directory]);
  const message = String(write.mock.calls.at(-1)![0]);
  write.mockRestore();
  expect(code).toBe(1);
  expect(message).toContain(`${directory} must hold a pipeline`);
});
