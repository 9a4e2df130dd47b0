import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { analyzeData, moments, speciationTime } from "@symbreak/analysis";
import {
  dataOf,
  philoxNoise,
  type SpectralCovariance,
  SYMMETRIC,
  simdMultiply,
} from "@symbreak/core";
import { loadDataset, npyBytes } from "@symbreak/datasets";
import { openOnnx } from "@symbreak/networks";
import { parquetWriteBuffer } from "hyparquet-writer";
import * as ort from "onnxruntime-node";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analysisOf, classTimes, momentsOf, startsFor } from "../src/physics/images.ts";
import { curvesOf, networkReport, parted, scoreOf } from "../src/physics/loss-curves.ts";
import { chromium } from "./support/chromium.ts";
import { type Lab, openLab, violations } from "./support/lab.ts";

/** 60 images of 6 × 6 in two classes, bright left (0) and bright right (1), and the files that hold them. */
function twoSides() {
  const noise = new Float64Array(60 * 36);
  philoxNoise(1)(noise, 36, 0);
  const labels = Uint8Array.from({ length: 60 }, (_, n) => n % 2);
  const bytes = Uint8Array.from(noise, (z, i) => {
    const left = i % 6 < 3;
    const bright = labels[Math.floor(i / 36)] === 0 ? left : !left;
    return Math.min(255, Math.max(0, (bright ? 200 : 60) + 15 * z));
  });
  const header = Buffer.from([0, 0, 8, 3, 0, 0, 0, 60, 0, 0, 0, 6, 0, 0, 0, 6]);
  return {
    data: { ...dataOf(bytes, [1, 6, 6], SYMMETRIC), labels },
    images: Buffer.concat([header, bytes]),
    labels: Buffer.concat([Buffer.from([0, 0, 8, 1, 0, 0, 0, 60]), labels]),
  };
}

describe("the analysis of images", () => {
  const { data } = twoSides();

  it("has Λ, t_S and t_C of the moments, and starts for few steps", async () => {
    const found = await momentsOf(data);
    const analysis = analysisOf("two sides", data.shape, found, "symmetric");
    const full = await moments(data);
    const [lambda] = (full.covariance as SpectralCovariance).eigenvalues;
    expect(analysis.lambda).toBe(lambda);
    expect(analysis.speciation.ouTime).toBe(speciationTime(lambda!).ouTime);
    expect(analysis.modes[0]!.share).toBeGreaterThan(0.9);
    const starts = await startsFor(scoreOf(data), data, found);
    expect(starts.map(({ sampler, steps }) => `${sampler} ${steps}`)).toEqual([
      "DDIM 3",
      "DDIM 5",
      "DDIM 10",
      "DDPM 3",
      "DDPM 5",
      "DDPM 10",
    ]);
  });

  it("tells when classes part as analyzeData does, with the mean of each class", async () => {
    const found = await momentsOf(data);
    const times = await classTimes(data, found);
    const { classes } = await analyzeData(data, {
      moments: found,
      posterior: 4000,
      multiply: simdMultiply,
    });
    if (!("tree" in times)) throw new Error("the classes were not told apart");
    expect(times.tree).toEqual(classes!.tree);
    expect(times.names).toEqual(["0", "1"]);
    const [left, right] = [times.means[36 * 0], times.means[36 * 1]];
    expect(left).toBeCloseTo(200 / 127.5 - 1, 1);
    expect(right).toBeCloseTo(60 / 127.5 - 1, 1);
  });

  it("draws the loss of an exact score that has not seen the images above the Gaussian's at the data", async () => {
    const found = await momentsOf(data);
    const { trace } = analysisOf("two sides", data.shape, found, "symmetric");
    const { others, held } = parted(data);
    expect(others.count + held.count).toBe(60);
    const [linear, exact] = await curvesOf("exact", scoreOf(others), held, found, trace);
    expect(linear!.at.map(({ timestep }) => timestep)).toEqual(
      exact!.at.map(({ timestep }) => timestep),
    );
    // In noise nothing is known but the mean; near the data the Gaussian sees each image, and the copier another.
    expect(linear!.at[0]!.share).toBeCloseTo(1, 0);
    expect(exact!.at.at(-1)!.share).toBeGreaterThan(2 * linear!.at.at(-1)!.share);
  });
});

describe.skipIf(chromium === undefined)("the images' room, in Chromium", () => {
  let lab: Lab;
  const folder = mkdtempSync(join(tmpdir(), "symbreak-images-"));

  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(async () => {
    await lab.close();
    rmSync(folder, { recursive: true });
  });

  type Dropped = readonly (readonly [name: string, buffer: Buffer, mimeType?: string])[];
  const choose = (page: Page, ...files: Dropped) =>
    page.getByLabel("Choose files").setInputFiles(
      files.map(([name, buffer, mimeType = "application/octet-stream"]) => ({
        name,
        mimeType,
        buffer,
      })),
    );
  const caption = (page: Page, words: string) =>
    page.locator("figcaption", { hasText: words }).waitFor({ timeout: 60_000 });
  const wrong = (page: Page, words: string) =>
    page.getByRole("alert").filter({ hasText: words }).waitFor({ timeout: 60_000 });

  /** PNGs of one grey each, as a browser writes them. */
  const greys = (page: Page, levels: readonly number[]): Promise<Buffer[]> =>
    page
      .evaluate(async (all) => {
        const out: number[][] = [];
        for (const level of all) {
          const canvas = new OffscreenCanvas(8, 8);
          const context = canvas.getContext("2d")!;
          context.fillStyle = `rgb(${level} ${level} ${level})`;
          context.fillRect(0, 0, 8, 8);
          const blob = await canvas.convertToBlob({ type: "image/png" });
          out.push([...new Uint8Array(await blob.arrayBuffer())]);
        }
        return out;
      }, levels)
      .then((all) => all.map((bytes) => Buffer.from(bytes)));

  it("analyses files of the reader's as the packages do: images, and when their classes part", async () => {
    const { data, images, labels } = twoSides();
    const { page, errors, strays } = await lab.visit("#images?at=300");
    await caption(page, "MNIST, an example: 60000");
    expect(await violations(page)).toEqual([]);

    await choose(page, ["two-images-idx3-ubyte", images], ["two-labels-idx1-ubyte", labels]);
    const expected = analysisOf("", data.shape, await momentsOf(data), "symmetric");
    await caption(page, "two-images-idx3-ubyte: 60 images");
    const numbers = await page.locator("figcaption").first().locator(".number").allTextContents();
    expect(numbers).toEqual([
      expected.lambda.toFixed(2),
      expected.speciation.ouTime!.toFixed(3),
      expected.collapse.ouTime.toFixed(3),
    ]);
    const times = await classTimes(data, await momentsOf(data));
    const [pair] = "pairs" in times ? times.pairs : [];
    await caption(page, `decided last is 0 and 1, at t = ${pair!.exact!.ouTime.toFixed(2)}`);
    await page.getByRole("table").waitFor({ timeout: 60_000 });
    await page.locator(".legend", { hasText: "a perfect copier" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Back to the example" }).click();
    await caption(page, "MNIST, an example");
    expect(errors).toEqual([]);
    expect(strays).toEqual([]);
    await page.close();
  }, 120_000);

  it("says in words what is wrong with a file: cut off, no image, a broken picture, a network that is none", async () => {
    const { images } = twoSides();
    const { page, errors } = await lab.visit("#images?at=300");
    await choose(page, ["short-images-idx3-ubyte", images.subarray(0, 900)]);
    await wrong(page, "expected 2160 bytes of data");
    const array = Buffer.from(npyBytes(new Uint8Array(4 * 36), [4, 6, 6]));
    await choose(page, ["cut.npy", array.subarray(0, 200)]);
    await wrong(page, "cut.npy");
    await choose(page, ["words.txt", Buffer.from("no picture"), "text/plain"]);
    await wrong(page, "There is no image among these files (words.txt");
    const [first, second] = await greys(page, [0, 200]);
    await choose(
      page,
      ["a.png", first!, "image/png"],
      ["broken.png", second!.subarray(0, 40), "image/png"],
    );
    await wrong(page, "broken.png is damaged");
    await choose(page, ["one.png", first!, "image/png"]);
    await wrong(page, "one.png holds one image");
    await choose(page, ["nothing.onnx", Buffer.from("not a network")]);
    await wrong(page, "nothing.onnx");
    const model = await readFile(
      new URL("../../zoo/models/mnist-classifier.onnx", import.meta.url),
    );
    const digits = Buffer.from(npyBytes(new Uint8Array(4 * 784).fill(9), [4, 28, 28]));
    await choose(page, ["classifier.onnx", model], ["digits.npy", digits]);
    await wrong(page, "classifier.onnx must say what network it holds");
    expect(errors).toEqual([]);
    await page.close();
  }, 120_000);

  it("reads pictures by the browser, grey ones as one channel, and folders as classes", async () => {
    const { page, errors } = await lab.visit("#images?at=300");
    const levels = [0, 40, 80, 120, 160, 200];
    const pictures = await greys(page, levels);
    await choose(page, ...pictures.map((png, n) => [`${n}.png`, png, "image/png"] as const));
    await caption(page, "6 pictures: 6 images of 1 × 8 × 8.");
    // Greys of 0, 40, …, 200 in all 64 pixels: Λ = 64 times their variance in units of 127.5.
    const variance = (40 / 127.5) ** 2 * (35 / 12);
    const lambda = Number(await page.textContent("figcaption .number"));
    expect(lambda).toBeCloseTo(64 * variance, 2);

    for (const [name, some] of [
      ["dark", [0, 10, 20, 5, 8, 12, 3, 14, 6, 9]],
      ["light", [200, 210, 220, 205, 208, 212, 203, 214, 206, 209]],
    ] as const) {
      mkdirSync(join(folder, "set", name), { recursive: true });
      for (const [n, png] of (await greys(page, some)).entries())
        writeFileSync(join(folder, "set", name, `${n}.png`), png);
    }
    await page.getByLabel("Choose a folder").setInputFiles(join(folder, "set"));
    await caption(page, "20 pictures: 20 images");
    await caption(page, "decided last is dark and light");
    expect(errors).toEqual([]);
    await page.close();
  }, 90_000);

  it("reads Parquet with encoded pictures and their labels", async () => {
    const { page, errors } = await lab.visit("#images?at=300");
    const pictures = await greys(page, [0, 40, 80, 120, 160, 200, 10, 50, 90, 130]);
    const optional = { repetition_type: "OPTIONAL" } as const;
    const parquet = parquetWriteBuffer({
      columnData: [
        {
          name: "image",
          data: pictures.map((bytes) => ({ bytes: new Uint8Array(bytes), path: "x.png" })),
        },
        { name: "label", data: pictures.map((_, n) => BigInt(n % 2)) },
      ],
      schema: [
        { name: "root", num_children: 2 },
        { name: "image", num_children: 2, ...optional },
        { name: "bytes", type: "BYTE_ARRAY", ...optional },
        { name: "path", type: "BYTE_ARRAY", converted_type: "UTF8", ...optional },
        { name: "label", type: "INT64", ...optional },
      ],
    });
    await choose(page, ["set.parquet", Buffer.from(parquet)]);
    await caption(page, "set.parquet: 10 images of 1 × 8 × 8.");
    await choose(page, ["broken.parquet", Buffer.from(parquet).subarray(0, 300)]);
    await wrong(page, "broken.parquet");
    expect(errors).toEqual([]);
    await page.close();
  }, 60_000);

  it("asks a dropped network at every level, as the packages do", async () => {
    const mnist = await loadDataset("mnist", { limit: 120 });
    const bytes = mnist.values as Uint8Array;
    const model = await readFile(new URL("../../zoo/models/mnist.onnx", import.meta.url));
    const notes = {
      shape: [1, 28, 28],
      process: { name: "discrete", kind: "linear", steps: 1000, betaStart: 1e-4, betaEnd: 0.02 },
      prediction: "epsilon",
      units: "symmetric",
    };
    const { page, errors, strays } = await lab.visit("#images?at=300");
    await choose(
      page,
      ["digits.npy", Buffer.from(npyBytes(bytes, [120, 28, 28]))],
      ["mine.onnx", model],
      ["mine.json", Buffer.from(JSON.stringify(notes)), "application/json"],
    );
    await page.getByText("Where to start sampling with few steps, by mine.onnx").waitFor({
      timeout: 150_000,
    });
    const figure = page.getByRole("figure", { name: "Loss by noise level" });
    await figure.getByText("Take it with you").click();
    const waiting = page.waitForEvent("download");
    await figure.getByRole("button", { name: "Numbers (JSON)" }).click();
    const parts = (await (await (await waiting).createReadStream()).toArray()) as Buffer[];
    const found = JSON.parse(Buffer.concat(parts).toString());

    const data = dataOf(bytes, [1, 28, 28], SYMMETRIC);
    const network = await openOnnx(new Uint8Array(model), {
      name: "mine.onnx",
      runtime: ort as never,
      notes,
    });
    const own = await momentsOf(data);
    const { trace } = analysisOf("", data.shape, own, "symmetric");
    const { others, held } = parted(data);
    const report = await networkReport(network, held, await momentsOf(others), trace);
    expect(report.misfit).toBeNull();
    expect(found.network.starts).toEqual(report.starts);
    const [, curve] = report.curves;
    expect(curve!.at).toHaveLength(16);
    for (const [k, { timestep, share }] of curve!.at.entries()) {
      expect(found.network.curves[1].at[k].timestep).toBeCloseTo(timestep, 3);
      expect(found.network.curves[1].at[k].share).toBeCloseTo(share, 4);
    }
    // The network knows more than a Gaussian where digits are decided.
    const middle = curve!.at.findIndex(({ timestep }) => timestep < 400);
    expect(curve!.at[middle]!.share).toBeLessThan(report.curves[0]!.at[middle]!.share);
    expect(errors).toEqual([]);
    expect(strays).toEqual([]);
    await page.close();
  }, 240_000);
});
