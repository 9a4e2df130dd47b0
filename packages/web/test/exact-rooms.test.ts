import {
  classSignal,
  cloningProbability,
  readClock,
  TWO_DELTAS_THETA,
  twoGaussiansCritical,
} from "@symbreak/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHAIN, noisyLevel } from "../src/physics/chain.ts";
import { distanceFrom, exactSamples, run } from "../src/physics/few-steps.ts";
import { PLANE_LAWS } from "../src/physics/plane-laws.ts";
import { chromium } from "./support/chromium.ts";
import { type Lab, openLab } from "./support/lab.ts";

describe.skipIf(chromium === undefined)("the exact rooms, in Chromium", () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(() => lab.close());

  it("show where the potential of two points splits, and play once", async () => {
    const { page, errors, strays } = await lab.visit("");
    expect(await page.textContent("main h2")).toBe("The potential splits");
    await page.waitForFunction(() => document.title === "The potential splits · symbreak lab");
    const alphaBar = TWO_DELTAS_THETA ** 2;
    const { ouTime, ddpmIndex } = readClock({ alphaBar }, CHAIN);
    const numbers = await page.locator("figcaption .number").allTextContents();
    expect(numbers).toEqual([String(Math.round(ddpmIndex!)), ouTime.toFixed(4)]);
    const cursor = page.getByLabel("Time, from noise to data");
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>(".track input")!.valueAsNumber > 20,
    );
    await page.getByRole("button", { name: "Pause" }).click();
    await cursor.fill("700");
    expect(await page.textContent(".track output")).toContain("step 299");
    expect(errors).toEqual([]);
    expect(strays).toEqual([]);
    await page.close();
  });

  it("follow the classes when they are moved by keyboard, and keep the view in the address", async () => {
    const { page, errors } = await lab.visit("#potential?at=300&deviation=0.2&law=own");
    const first = page.getByRole("slider", { name: /^Class 1/ });
    await first.focus();
    await first.press("ArrowLeft");
    const second = page.getByRole("slider", { name: /^Class 2/ });
    await second.focus();
    await second.press("ArrowRight");
    const critical = twoGaussiansCritical({ mean: 1.1, deviation: 0.2 })!;
    const { ouTime } = readClock({ alphaBar: critical }, CHAIN);
    await page.locator("figcaption .number", { hasText: ouTime.toFixed(4) }).waitFor();
    await page.waitForFunction(() => location.hash.includes("means=-1.1%2C1.1"));
    const address = page.url();
    await page.goto("about:blank");
    await page.goto(address);
    await page.locator("figcaption .number", { hasText: ouTime.toFixed(4) }).waitFor();
    expect(await page.textContent(".track output")).toContain("step 300");
    expect(errors).toEqual([]);
    await page.close();
  });

  it("clone a particle where one clicks, and judge the reader's guess by the closed form", async () => {
    const { page, errors } = await lab.visit("#clones?at=480");
    await page.locator(".drag.pick").click({ position: { x: 300, y: 380 } });
    await page.locator("figcaption", { hasText: /Cloned at step \d+/ }).waitFor();
    const right = Number(await page.textContent("figcaption .number"));
    expect(right === 0 || right === 50).toBe(true);
    await page.getByLabel("Time, from noise to data").fill("500");
    await page.getByRole("button", { name: "This is my guess" }).click();
    const signal = classSignal(2, 0.5, noisyLevel(499));
    const phi = cloningProbability(signal, 0.5).toFixed(3);
    await page.locator("figcaption .number", { hasText: phi }).waitFor();
    await page
      .locator("figcaption", { hasText: "Measured on 500 particles" })
      .waitFor({ timeout: 60_000 });
    expect(errors).toEqual([]);
    await page.close();
  }, 90_000);

  it("show the distances of both starts as the packages find them, at equal calls", async () => {
    const { page, errors } = await lab.visit("#late-start?at=-1&law=three&steps=4&start=350");
    const { law } = PLANE_LAWS.three;
    const settings = {
      solver: "ddim",
      grid: "trailing",
      steps: 4,
      own: [],
      count: 600,
      seed: 1,
    } as const;
    const exact = exactSamples(law, 600);
    const expected = await Promise.all(
      [undefined, 350].map(async (from) => distanceFrom(exact, await run(law, settings, from))),
    );
    await page.locator("h3", { hasText: `4 calls, distance ${expected[0]!.toFixed(3)}` }).waitFor();
    await page.locator("h3", { hasText: `4 calls, distance ${expected[1]!.toFixed(3)}` }).waitFor();
    const step = page.getByRole("slider", { name: "Timestep of step 2" });
    await step.focus();
    await step.press("ArrowLeft");
    expect(await page.getByLabel("Grid", { exact: true }).inputValue()).toBe("own");
    expect(await step.getAttribute("aria-valuenow")).toBe("759");
    await page.getByLabel("Solver").selectOption("fPndm");
    await page.getByRole("alert").filter({ hasText: "fPndm: timesteps must be" }).waitFor();
    await page.getByLabel("Solver").selectOption("heun");
    await page.getByRole("alert").waitFor({ state: "detached" });
    expect(errors).toEqual([]);
    await page.close();
  });
});
