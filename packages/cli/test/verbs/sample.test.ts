import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readNpy } from "@symbreak/datasets";
import { imageGrid } from "@symbreak/figures";
import { exportOnnx } from "@symbreak/trainer";
import { readPipelineDirectory } from "@symbreak/trainer/node";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { main } from "../../src/main.ts";
import { pngBytes } from "../../src/png-bytes.ts";
import { call, json } from "../support/call.ts";

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../trainer/test/fixtures/diffusers/${name}`, import.meta.url));

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "sample-"));
});
afterAll(() => rm(directory, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** `ssb sample` on a tiny network and small digits; what it printed. */
async function sampled(network: string, out: string, ...options: string[]) {
  const written: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
  const data = ["--data", "mnist", "--limit", "200", "--resize", "8"];
  expect(
    await main([
      "sample",
      network,
      ...data,
      ...options,
      "--count",
      "4",
      "--out",
      join(directory, out),
      "--json",
    ]),
  ).toBe(0);
  return JSON.parse(written.join(""));
}

test("the images and their protocol are written, and say which runtime ran", async () => {
  const result = await sampled(fixture("ddpm"), "late", "--steps", "2", "--start", "400");
  expect(result).toMatchObject({ solver: "ddim", steps: 2, nfe: 2, count: 4, seed: "1" });
  expect(result.start.level.timestep).toBe(400);
  expect(result.runtime).toMatch(/^onnxruntime-(node|web)/);
  expect(JSON.parse(await readFile(join(directory, "late", "result.json"), "utf8"))).toEqual(
    result,
  );
  const png = await readFile(join(directory, "late", "samples.png"));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  const { shape, data } = await readNpy(join(directory, "late", "samples.npy"));
  expect(shape).toEqual([4, 1, 8, 8]);
  const grid = imageGrid({ images: data as Uint8Array, shape: [1, 8, 8], columns: 2 });
  expect(png.equals(pngBytes(grid.uri))).toBe(true);
});

test("auto says why it starts where it does", async () => {
  const result = await sampled(fixture("ddpm"), "auto", "--steps", "3", "--solver", "dpm++");
  expect(result.reason).toMatch(/timestep \d+/);
  expect(result.nfe).toBe(3);
});

test("an exported file gives the images of its directory", async () => {
  const file = join(directory, "net.onnx");
  vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  expect(await main(["export", fixture("ddpm"), "--onnx", file])).toBe(0);
  vi.restoreAllMocks();
  await sampled(fixture("ddpm"), "a", "--steps", "2", "--start", "noise");
  await sampled(file, "b", "--steps", "2", "--start", "noise");
  const [a, b] = await Promise.all(
    ["a", "b"].map((out) => readFile(join(directory, out, "samples.png"))),
  );
  expect(a!.equals(b!)).toBe(true);
});

test("what a file was trained on need not be said, and may be said otherwise", async () => {
  const file = join(directory, "noted.onnx");
  const trainedOn = {
    dataset: "mnist",
    classes: [1, 8],
    limit: 90,
    resize: 8,
    scale: "unit",
    flip: false,
  } as const;
  const pipeline = await readPipelineDirectory(fixture("ddpm"));
  await writeFile(file, exportOnnx(pipeline, { data: trainedOn }));
  const options = [file, "--steps", "2", "--count", "2", "--out", join(directory, "noted")];
  expect(await json(["sample", ...options])).toMatchObject({
    data: expect.stringMatching(/^mnist train, classes 1,8, .*: 90 × 1×8×8$/),
    scale: "unit",
  });
  const other = ["--classes", "7", "--scale", "symmetric"];
  expect(await json(["sample", ...options, ...other])).toMatchObject({
    data: expect.stringMatching(/^mnist train, class(es)? 7, .*: 90 × 1×8×8$/),
    scale: "symmetric",
  });
  const unknown = await call(["sample", fixture("ddpm")]);
  expect(unknown).toMatchObject({ code: 1 });
  expect(unknown.stderr).toContain("name the data with --data");
});

test("data of another shape is an error that says so", async () => {
  const errors: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => errors.push(String(text)) > 0);
  expect(await main(["sample", fixture("ddpm"), "--data", "mnist", "--limit", "50"])).toBe(1);
  expect(errors.join("")).toContain(
    "1×28×28 does not fit the network's 1×8×8; see --resize, --pad",
  );
});
