import { moments, speciationTime } from "@symbreak/analysis";
import { dataOf, philoxNoise, type SpectralCovariance, SYMMETRIC } from "@symbreak/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analysisOf, momentsOf, startsFor } from "../src/physics/images.ts";
import { chromium } from "./support/chromium.ts";
import { type Lab, openLab, violations } from "./support/lab.ts";

/** 60 images of 6 × 6 in two classes, bright left and bright right, and the idx file that holds them. */
function twoSides() {
  const noise = new Float64Array(60 * 36);
  philoxNoise(1)(noise, 36, 0);
  const bytes = Uint8Array.from(noise, (z, i) => {
    const left = i % 6 < 3;
    const bright = Math.floor(i / 36) % 2 === 0 ? left : !left;
    return Math.min(255, Math.max(0, (bright ? 200 : 60) + 15 * z));
  });
  const header = Buffer.from([0, 0, 8, 3, 0, 0, 0, 60, 0, 0, 0, 6, 0, 0, 0, 6]);
  return { data: dataOf(bytes, [1, 6, 6], SYMMETRIC), file: Buffer.concat([header, bytes]) };
}

describe("the analysis of images", () => {
  it("has Λ, t_S and t_C of the moments, and starts for few steps", async () => {
    const { data } = twoSides();
    const found = await momentsOf(data);
    const analysis = analysisOf("two sides", data.shape, found, "symmetric");
    const full = await moments(data);
    const [lambda] = (full.covariance as SpectralCovariance).eigenvalues;
    expect(analysis.lambda).toBe(lambda);
    expect(analysis.speciation.ouTime).toBe(speciationTime(lambda!).ouTime);
    expect(analysis.modes[0]!.share).toBeGreaterThan(0.9);
    const starts = await startsFor(data, found);
    expect(starts.map(({ sampler, steps }) => `${sampler} ${steps}`)).toEqual([
      "DDIM 3",
      "DDIM 5",
      "DDIM 10",
      "DDPM 3",
      "DDPM 5",
      "DDPM 10",
    ]);
  });
});

describe.skipIf(chromium === undefined)("the images' room, in Chromium", () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(() => lab.close());

  it("analyses files of the reader's as the packages do, and says what is wrong with others", async () => {
    const { data, file } = twoSides();
    const { page, errors, strays } = await lab.visit("#images?at=300");
    await page.locator("figcaption", { hasText: "MNIST, an example: 60000" }).waitFor();
    expect(await violations(page)).toEqual([]);

    const choose = (name: string, buffer: Buffer, mimeType = "application/octet-stream") =>
      page.getByLabel("Choose files").setInputFiles([{ name, mimeType, buffer }]);
    await choose("two-sides-images-idx3-ubyte", file);
    const expected = analysisOf("", data.shape, await momentsOf(data), "symmetric");
    await page
      .locator("figcaption", { hasText: "two-sides-images-idx3-ubyte: 60 images" })
      .waitFor();
    const numbers = await page.locator("figcaption .number").allTextContents();
    expect(numbers).toEqual([
      expected.lambda.toFixed(2),
      expected.speciation.ouTime!.toFixed(3),
      expected.collapse.ouTime.toFixed(3),
    ]);
    await page.getByRole("table").waitFor();
    expect(await violations(page)).toEqual([]);

    await choose("short-images-idx3-ubyte", file.subarray(0, 900));
    await page.getByRole("alert").filter({ hasText: "expected 2160 bytes of data" }).waitFor();
    await choose("words.txt", Buffer.from("no picture"), "text/plain");
    await page.getByRole("alert").filter({ hasText: "There is no image" }).waitFor();
    await page.getByRole("button", { name: "Back to the example" }).click();
    await page.locator("figcaption", { hasText: "MNIST, an example" }).waitFor();
    expect(errors).toEqual([]);
    expect(strays).toEqual([]);
    await page.close();
  }, 90_000);

  it("reads pictures by the browser, grey ones as one channel", async () => {
    const { page, errors } = await lab.visit("#images?at=300");
    const pictures = await page.evaluate(async () => {
      const out: number[][] = [];
      for (let n = 0; n < 6; n++) {
        const canvas = new OffscreenCanvas(8, 8);
        const context = canvas.getContext("2d")!;
        context.fillStyle = `rgb(${40 * n} ${40 * n} ${40 * n})`;
        context.fillRect(0, 0, 8, 8);
        const blob = await canvas.convertToBlob({ type: "image/png" });
        out.push([...new Uint8Array(await blob.arrayBuffer())]);
      }
      return out;
    });
    await page.getByLabel("Choose files").setInputFiles(
      pictures.map((bytes, n) => ({
        name: `${n}.png`,
        mimeType: "image/png",
        buffer: Buffer.from(bytes),
      })),
    );
    await page
      .locator("figcaption", { hasText: "6 pictures: 6 images of 1 × 8 × 8. Λ = " })
      .waitFor();
    // Greys of 0, 40, …, 200 in all 64 pixels: Λ = 64 times their variance in units of 127.5.
    const variance = (40 / 127.5) ** 2 * (35 / 12);
    const lambda = Number(await page.textContent("figcaption .number"));
    expect(lambda).toBeCloseTo(64 * variance, 2);
    expect(errors).toEqual([]);
    await page.close();
  }, 60_000);
});
