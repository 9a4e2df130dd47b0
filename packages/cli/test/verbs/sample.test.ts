import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { npyBytes, readNpy } from "@symbreak/datasets";
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
  const result = await sampled(
    fixture("ddpm"),
    "late",
    "--bytes",
    "--solver",
    "ddim",
    "--steps",
    "2",
    "--start",
    "400",
  );
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
  const options = ["--steps", "3", "--solver", "dpm++", "--count", "2"];
  const result = await json(["sample", "zoo:mnist", ...options]);
  expect(result.reason).toMatch(/timestep \d+/);
  expect(result.nfe).toBe(3);
});

test("a network that does not fit its data is refused, with the way to sample it all the same", async () => {
  // The weights of the fixture are random.
  const out = join(directory, "misfit");
  const data = ["--data", "mnist", "--limit", "200", "--resize", "8", "--out", out];
  const { code, stderr } = await call(["sample", fixture("ddpm"), ...data]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/does not fit the data.*--start noise, or a time of a late start/);
  expect(existsSync(out)).toBe(false);
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
  const options = [file, "--start", "400", "--steps", "2", "--count", "2"];
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

test("again makes the same bits from the result alone: every kind of start, solver, grid and file", async () => {
  const noise = join(directory, "noise.npy");
  const row = Float64Array.from({ length: 64 }, (_, i) => Math.sin(i * i));
  await writeFile(noise, npyBytes(row, [1, 1, 8, 8]));
  const image = join(directory, "image.npy");
  await writeFile(
    image,
    npyBytes(
      row.map((value) => value / 2),
      [1, 1, 8, 8],
    ),
  );
  const runs: string[][] = [
    ["--start", "noise"],
    ["--start", "400", "--solver", "ddim:eta=0.5", "--steps", "4"],
    ["--start", "650", "--solver", "dpmMultistep:order=3", "--grid", "trailing", "--steps", "4"],
    ["--start", "noise", "--timesteps", "900,500,100", "--solver", "sde-dpm++"],
    ["--start", "noise", "--sigmas", "10,1,0.1", "--solver", "heun"],
    ["--noise", noise, "--solver", "euler", "--grid", "karras:rho=5", "--steps", "3"],
    ["--noised", image, "--from", "300", "--solver", "ddpm", "--steps", "3"],
    ["--known", image, "--mask", image, "--start", "noise", "--solver", "unipc", "--steps", "3"],
    ["--first", "5", "--seed", "9", "--start", "noise", "--solver", "ddpm-small", "--steps", "2"],
  ];
  for (const [i, options] of runs.entries()) {
    const [made, remade] = [join(directory, `made-${i}`), join(directory, `remade-${i}`)];
    const data = ["--data", "mnist", "--limit", "200", "--resize", "8"];
    const given = [fixture("ddpm"), ...data, ...options, "--count", "3", "--out", made];
    const result = await json(["sample", ...given]);
    const again = await json(["again", join(made, "result.json"), "--out", remade]);
    expect(again).toEqual(result);
    const [a, b] = await Promise.all(
      [made, remade].map((out) => readFile(join(out, "samples.npy"))),
    );
    expect([options, a!.equals(b!)]).toEqual([options, true]);
    const { type, data: values } = await readNpy(join(made, "samples.npy"));
    expect([type, values.every(Number.isFinite)]).toEqual(["f4", true]);
  }
});

test("what is known of an inpainted image is in its samples", async () => {
  const image = join(directory, "known.npy");
  const mask = join(directory, "mask.npy");
  const row = Float64Array.from({ length: 64 }, (_, i) => Math.cos(i));
  await writeFile(image, npyBytes(row, [1, 1, 8, 8]));
  await writeFile(
    mask,
    npyBytes(
      Uint8Array.from(row, (_, i) => (i < 40 ? 255 : 0)),
      [1, 1, 8, 8],
    ),
  );
  const out = join(directory, "inpainted");
  const options = ["--start", "noise", "--solver", "ddim", "--steps", "3", "--count", "2"];
  const files = ["--known", image, "--mask", mask, "--out", out];
  await json(["sample", fixture("ddpm"), ...options, ...files]);
  const { data } = await readNpy(join(out, "samples.npy"));
  for (let i = 0; i < 40; i++) {
    expect(data[i]).toBeCloseTo(row[i]!, 5);
    expect(data[64 + i]).toBeCloseTo(row[i]!, 5);
  }
});

test("noise needs no data, --json alone writes nothing, and the protocol is there", async () => {
  const result = await json([
    "sample",
    "zoo:mnist",
    "--start",
    "noise",
    "--steps",
    "1",
    "--count",
    "1",
  ]);
  for (const key of ["network", "solver", "steps", "nfe", "count", "seed", "shape", "protocol"])
    expect(result).toHaveProperty(key);
  expect(result).toMatchObject({
    solver: "ddim",
    data: "mnist train: 60000 × 1×28×28",
    protocol: { threshold: null },
  });
  expect(existsSync("runs/sample-mnist")).toBe(false);
});

test("what cannot be meant is refused with exit code 2, by name, and nothing is written", async () => {
  const out = join(directory, "refused");
  const ddpm = fixture("ddpm");
  const calls: [string[], RegExp][] = [
    [["zoo:mnits"], /name must be one of .*mnist/],
    [["zoo:mnist", "--start", "5000"], /timestep must lie in \[0, 999\].*got 5000/],
    [["zoo:mnist", "--solver", "dim"], /--solver must be one of .*did you mean ddim\?/],
    [["zoo:mnist", "--solver", "ddim:etta=1"], /ddim: options must be among eta, got "etta"/],
    [["zoo:mnist", "--solver", "ddim:eta=2", "--start", "noise"], /eta must lie in \[0, 1\]/],
    [["zoo:mnist", "--grid", "kaarras"], /did you mean karras\?/],
    [["zoo:mnist", "--stpes", "3"], /no option --stpes .*did you mean --steps\?/],
    [["zoo:mnist", "--class", "3"], /knows no classes/],
    [["zoo:mnist", "--steps", "0"], /--steps must be an integer of at least 1/],
    [["zoo:mnist", "--timesteps", "9,5", "--sigmas", "3"], /cannot both be given/],
    [["zoo:mnist", "--known", "a.png"], /--known needs --mask/],
    [["no-such-network"], /there is no no-such-network/],
    [[fixture("classes"), "--start", "noise"], /one of 3 classes: choose with --class 2,/],
    // Without --start: before the network is tested on data, which this one has not.
    [
      [fixture("classes"), "--class", "1", "--guidance", "2", "--data", "none"],
      /label dropout.*--weak/,
    ],
    [[ddpm, "--shard", "3/2"], /shard must be like/],
    [[ddpm, "--start", "noise", "--timesteps", "1,500"], /must descend in noise/],
  ];
  for (const [options, message] of calls) {
    const { code, stdout, stderr } = await call(["sample", ...options, "--out", out]);
    expect([options, code, stdout, stderr]).toEqual([
      options,
      2,
      "",
      expect.stringMatching(message),
    ]);
    expect(stderr).toMatch(/^ssb: .*\n$/);
  }
  expect(existsSync(out)).toBe(false);
});

test("shards make the samples of one run, once, and merge puts them together", async () => {
  const given = [
    fixture("ddpm"),
    "--start",
    "noise",
    "--solver",
    "ddim",
    "--steps",
    "2",
    "--count",
    "130",
  ];
  const [whole, parts] = [join(directory, "whole"), join(directory, "parts")];
  await json(["sample", ...given, "--out", whole]);
  const alone = await call(["sample", ...given, "--shard", "0/3"]);
  expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining("--out")]);
  await json(["sample", ...given, "--shard", "0/3", "--out", parts]);
  const early = await call(["merge", parts]);
  expect([early.code, early.stderr]).toEqual([
    1,
    expect.stringMatching(/lacks samples 64 to 129 of 130/),
  ]);
  for (const shard of ["1/3", "2/3"])
    await json(["sample", ...given, "--shard", shard, "--out", parts]);
  const again = await call(["sample", ...given, "--shard", "1/3", "--out", parts]);
  expect(again.stdout).toContain("is there already");
  const merged = await json(["merge", parts]);
  expect(merged).toMatchObject({ count: 130, protocol: { count: 130, first: 0 } });
  const [a, b] = await Promise.all([whole, parts].map((out) => readFile(join(out, "samples.npy"))));
  expect(a!.equals(b!)).toBe(true);
});

test("classes are dealt by number, guided by a weaker network at two calls a step, and made again", async () => {
  const [made, remade] = [join(directory, "guided"), join(directory, "guided-again")];
  const classes = fixture("classes");
  const steps = ["--start", "noise", "--solver", "ddim", "--steps", "2", "--count", "6"];
  const guidance = ["--class", "all", "--guidance", "2", "--weak", classes];
  const result = await json(["sample", classes, ...steps, ...guidance, "--out", made]);
  expect(result).toMatchObject({
    nfe: 4,
    protocol: { condition: { classes: [0, 1, 2] }, guidance: { weight: 2 } },
  });
  expect(await json(["again", join(made, "result.json"), "--out", remade])).toEqual(result);
  const [a, b] = await Promise.all([made, remade].map((out) => readFile(join(out, "samples.npy"))));
  expect(a!.equals(b!)).toBe(true);
  const alone = await call(["sample", classes, ...steps, "--class", "1", "--guidance", "2"]);
  expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining("label dropout")]);
});

test("experiments refuse a network that must be told a class, before anything is sampled", async () => {
  const data = ["--data", "mnist", "--limit", "200", "--resize", "4x8", "--fit", "stretch"];
  const { code, stderr } = await call(["memorise", fixture("classes"), ...data]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("must be told one")]);
});

test("what was imported with its data is sampled and compared without naming them again", async () => {
  const out = join(directory, "imported");
  const data = ["--data", "mnist", "--limit", "200", "--resize", "8"];
  const imported = await json(["import", fixture("ddpm"), ...data, "--out", out]);
  expect(imported).toMatchObject({ moments: true, data: { dataset: "mnist", limit: 200 } });
  const result = await json(["sample", out, "--start", "400", "--steps", "2", "--count", "2"]);
  expect(result).toMatchObject({
    data: "mnist train, first 200, resize 8: 200 × 1×8×8",
    materials: {},
    start: { name: "late" },
  });
  const agreed = await json(["agree", out, out, "--samples", "3", "--times", "100"]);
  expect(agreed.data).toMatch(/^mnist test, resize 8: 3 × 1×8×8$/);
});

test("any number of worker processes writes the same bytes, and ssb again with yet another", async () => {
  const files = ["1", "2"].map((workers) => join(directory, `workers-${workers}`));
  for (const [k, out] of files.entries()) {
    const numbers = ["--steps", "2", "--count", "20", "--workers", String(k + 1)];
    const { code } = await call([
      "sample",
      fixture("ddpm"),
      ...numbers,
      "--start",
      "noise",
      "--out",
      out,
    ]);
    expect(code).toBe(0);
  }
  const again = join(directory, "workers-again");
  await call(["again", join(files[1]!, "result.json"), "--workers", "3", "--out", again]);
  const [one, ...others] = await Promise.all(
    [...files, again].map((folder) => readFile(join(folder, "samples.npy"))),
  );
  expect(one!.length).toBeGreaterThan(20 * 64 * 4);
  for (const other of others) expect(other.equals(one!)).toBe(true);
  const refused = await call(["sample", fixture("ddpm"), "--workers", "0"]);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("--workers") });
});
