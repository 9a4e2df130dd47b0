import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memorisation } from "@symbreak/analysis";
import { AS_IS, dataOf } from "@symbreak/core";
import { loadDataset } from "@symbreak/datasets";
import { parseNpy } from "@symbreak/datasets/bytes";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromium } from "./support/chromium.ts";
import { type Lab, openLab, violations } from "./support/lab.ts";
import { ssb } from "./support/ssb.ts";

/** What a figure gives as JSON. */
async function numbersOf(page: Page, title: string) {
  const figure = page.getByRole("figure", { name: title });
  const waiting = page.waitForEvent("download");
  await figure.getByRole("button", { name: "Numbers (JSON)" }).click();
  const parts = (await (await (await waiting).createReadStream()).toArray()) as Buffer[];
  return JSON.parse(Buffer.concat(parts).toString());
}

const mostApart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

describe.skipIf(chromium === undefined)("the digits' room, in Chromium", () => {
  let lab: Lab;
  const folder = mkdtempSync(join(tmpdir(), "symbreak-digits-"));

  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(async () => {
    await lab.close();
    rmSync(folder, { recursive: true });
  });

  /** The samples of a printed command, run as it is printed. */
  async function samplesOf(command: string, into: string): Promise<ArrayLike<number>> {
    await ssb(`${command} --out ${into}`, folder);
    const file = join(folder, into, "samples.npy");
    return parseNpy(readFileSync(file), file).data;
  }

  it("makes the digits of the commands that it prints, judges them, and sends the reader's own there and back", async () => {
    const visit = await lab.visit("#digits?steps=2&start=400&seed=5&turn=300");
    const { page, errors, strays } = visit;
    await page
      .locator("figcaption", { hasText: /The judge is sure/ })
      .waitFor({ timeout: 120_000 });
    const title = "Sixteen digits, from noise and late";
    const figure = page.getByRole("figure", { name: title });
    await figure.getByText("Take it with you").click();
    const commands = (await figure.locator(".code pre").first().textContent())!.split("\n");
    const found = await numbersOf(page, title);
    for (const [k, name] of (["noise", "late"] as const).entries()) {
      expect(found[name].nfe).toBe(2);
      const samples = await samplesOf(commands[k]!, name);
      expect(mostApart(samples, found[name].samples)).toBeLessThan(1e-5);
    }

    await page
      .locator("figcaption", { hasText: "From step 300 the judge reads: 3" })
      .waitFor({ timeout: 120_000 });
    const turned = page.getByRole("figure", { name: "A digit's U-turns" });
    await page.waitForFunction(() => document.querySelectorAll("main progress").length === 0);
    await turned.getByText("Take it with you").click();
    const waiting = page.waitForEvent("download");
    await turned.getByRole("button", { name: "digit.npy" }).click();
    const digit = (await (await (await waiting).createReadStream()).toArray()) as Buffer[];
    writeFileSync(join(folder, "digit.npy"), Buffer.concat(digit));
    await page.waitForTimeout(500);
    const returns = await numbersOf(page, "A digit's U-turns");
    const again = await samplesOf(
      (await turned.locator(".code pre").first().textContent())!,
      "turn",
    );
    expect(mostApart(again, returns.samples)).toBeLessThan(2e-5);
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
    expect(strays).toEqual([]);
    await page.close();
  }, 240_000);

  it("finds the training image nearest to each digit, of all 60,000", async () => {
    const { page, errors, strays } = await lab.visit("#digits?steps=2&start=400&seed=5");
    const button = page.getByRole("button", { name: "Fetch MNIST and compare" });
    await button.click({ timeout: 120_000 });
    await page
      .locator("figcaption", { hasText: /Copies by d₁\/d₂ < 1\/3: \d+ of 16 from noise/ })
      .waitFor({ timeout: 120_000 });
    await page.getByText("Take it with you").first().click();
    await page.getByText("Take it with you").last().click();
    const made = await numbersOf(page, "Sixteen digits, from noise and late");
    const found = await numbersOf(page, "Digits and what they are nearest to");
    const mnist = await loadDataset("mnist");
    const samples = dataOf(Float32Array.from(made.late.samples), [1, 28, 28], AS_IS);
    const expected = await memorisation(samples, mnist);
    expect(found.late.map(({ index }: { index: number }) => index)).toEqual(expected.nearest);
    found.late.forEach(({ ratio }: { ratio: number }, n: number) => {
      expect(ratio).toBeCloseTo(expected.ratios[n]!, 4);
    });
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
    expect(strays).toEqual([]);
    await page.close();
  }, 240_000);

  it("says what is missing: isolation for threads, WebAssembly for networks", async () => {
    const { page } = await lab.visit("#potential?at=200");
    await page.context().route("**/*", async (route) => {
      const response = await route.fetch();
      const { "cross-origin-opener-policy": _, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
    await page.goto(`${lab.server.url}?anew#digits?steps=1`);
    await page
      .locator("figcaption", { hasText: "one thread: this page is not cross-origin isolated" })
      .waitFor({ timeout: 120_000 });
    await page.context().unrouteAll();
    await page.close();

    const bare = (await lab.visit("#potential?at=200", { serviceWorkers: "block" })).page;
    await bare.route("**/digits-worker*.js", async (route) => {
      const response = await route.fetch();
      const body = `delete globalThis.WebAssembly;\n${await response.text()}`;
      await route.fulfill({ response, body });
    });
    await bare.goto(`${lab.server.url}?bare#digits`);
    await bare
      .getByRole("alert")
      .filter({ hasText: "This browser has no WebAssembly" })
      .waitFor({ timeout: 60_000 });
    await bare.close();
  }, 240_000);
});
