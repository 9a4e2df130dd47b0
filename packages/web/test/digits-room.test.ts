import { load } from "@symbreak/zoo/mnist";
import * as ort from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digitSteps, digitsDenoiser } from "../src/physics/digits.ts";
import { chromium } from "./support/chromium.ts";
import { type Lab, openLab, violations } from "./support/lab.ts";

describe.skipIf(chromium === undefined)("the digits' room, in Chromium", () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(() => lab.close());

  it("makes the digits that the native runtime makes, from noise and late, and judges them", async () => {
    const visit = await lab.visit("#digits?steps=2&start=400&seed=5");
    const { page, errors, strays } = visit;
    const judged = page.locator("figcaption", { hasText: /The judge is sure/ });
    await judged.waitFor({ timeout: 60_000 });
    await page.getByText("Take it with you").first().click();
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name: "Numbers (JSON)" }).click();
    const parts = (await (await (await waiting).createReadStream()).toArray()) as Buffer[];
    const found = JSON.parse(Buffer.concat(parts).toString());

    const { weights, moments } = await load();
    const session = await ort.InferenceSession.create(await weights());
    const denoiser = digitsDenoiser(session, ort.Tensor);
    for (const [name, from] of [
      ["noise", undefined],
      ["late", 400],
    ] as const) {
      const request = { steps: 2, count: 16, seed: 5, from };
      let samples = new Float32Array(0);
      for await (const { x } of digitSteps(denoiser, (await moments())!, request))
        samples = Float32Array.from(x);
      expect(found[name].nfe).toBe(2);
      const off = samples.map((value, i) => Math.abs(value - found[name].samples[i]));
      expect(Math.max(...off)).toBeLessThan(1e-5);
    }
    await page.locator("figcaption", { hasText: "From step 450 the judge reads" }).waitFor({
      timeout: 60_000,
    });
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
    expect(strays).toEqual([]);
    await page.close();
  }, 120_000);
});
