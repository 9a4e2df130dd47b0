import { npyBytes } from "@symbreak/datasets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PLANE_LAWS } from "../src/physics/plane-laws.ts";
import { copiesOf, drawPoints, exactSamplesOf, leastLosses } from "../src/physics/points.ts";
import { pointsOfFile } from "../src/physics/points-file.ts";
import { ASKED, BATCH, batchOf, PARTS } from "../src/physics/training.ts";
import { chromium } from "./support/chromium.ts";
import { type Lab, openLab, violations } from "./support/lab.ts";

describe("points of the plane", () => {
  const points = drawPoints(PLANE_LAWS.ring.law, 20, 3);

  it("are copied by their exact score, and by it alone", async () => {
    const { report } = await exactSamplesOf(points, "whole", 50, 1);
    expect(report.memorised.value).toBeGreaterThan(0.95);
    const law = PLANE_LAWS.ring.law;
    const others = await copiesOf(drawPoints(law, 300, 4), drawPoints(law, 500, 5));
    expect(others.memorised.value).toBeLessThan(0.3);
  });

  it("are mixed by a machine that sees one coordinate at a time: the x of one, the y of another", async () => {
    const { samples, report } = await exactSamplesOf(points, "local", 60, 1);
    const nearest = (value: number, axis: number) =>
      Math.min(...Array.from({ length: 20 }, (_, n) => Math.abs(points[2 * n + axis]! - value)));
    for (let n = 0; n < 60; n++) {
      expect(nearest(samples[2 * n]!, 0)).toBeLessThan(0.05);
      expect(nearest(samples[2 * n + 1]!, 1)).toBeLessThan(0.05);
    }
    // Of twenty x and twenty y one pair in twenty is a point.
    expect(report.memorised.value).toBeLessThan(0.3);
  });

  it("are taken from text and arrays, and what is no point is named with its line", async () => {
    const text = new File(["x,y\n1, 2\n-1;0.5\n\n0\t0\n"], "some.csv");
    expect(await pointsOfFile(text)).toEqual({ points: [1, 2, -1, 0.5, 0, 0], note: "" });
    const far = await pointsOfFile(new File(["100 100\n102 100\n101 101"], "far.txt"));
    expect(far.note).toBe("moved and scaled to fit the plane");
    expect(far.points).toEqual([-2.2, -1.1, 2.2, -1.1, 0, 1.1]);
    const array = npyBytes(Float64Array.of(0.5, 1, -1, 2), [2, 2]);
    expect((await pointsOfFile(new File([array], "some.npy"))).points).toEqual([0.5, 1, -1, 2]);
    await expect(pointsOfFile(new File(["1 2\n3\n"], "odd.txt"))).rejects.toThrow(
      /Line 2 of odd.txt/,
    );
    await expect(pointsOfFile(new File(["1 2\n"], "one.txt"))).rejects.toThrow(/fewer than two/);
    const flat = npyBytes(Float64Array.of(1, 2, 3), [3]);
    await expect(pointsOfFile(new File([flat], "flat.npy"))).rejects.toThrow(/n × 2/);
  });

  it("cannot be told from noise at one end and from each other at the other", async () => {
    const losses = await leastLosses(points);
    expect(losses).toHaveLength(PARTS);
    expect(losses.at(-1)).toBeLessThan(0.01);
    for (const loss of losses) expect(loss).toBeLessThan(1);
  });

  it("come in batches that depend on the seed and the step alone", () => {
    const request = { points, steps: 10, width: 16, seed: 7, noise: 7 };
    const batch = batchOf(request, 4);
    expect(batch).toEqual(batchOf({ ...request, steps: 99 }, 4));
    expect(batch).not.toEqual(batchOf(request, 5));
    const known = new Set(
      Array.from({ length: 20 }, (_, n) => `${points[2 * n]},${points[2 * n + 1]}`),
    );
    for (let n = 0; n < BATCH; n++)
      expect(known.has(`${batch[2 * n]},${batch[2 * n + 1]}`)).toBe(true);
  });
});

describe.skipIf(chromium === undefined)("the training room, in Chromium", () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(() => lab.close());

  it("trains a network on drawn points, again and again in the same memory", async () => {
    const { page, errors, strays } = await lab.visit("#training?at=200&width=16&steps=250");
    const plane = page.locator(".drag.whole");
    const box = (await plane.boundingBox())!;
    for (const [x, y] of [
      [0.4, 0.4],
      [0.6, 0.4],
      [0.5, 0.7],
    ] as const) {
      await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
    }
    await page.locator("figcaption", { hasText: "3 points." }).waitFor();
    const finished = page.locator("figcaption", {
      hasText: /Loss [\d.]+ at the end\. Copies.* of what the network makes/,
    });
    await page.getByRole("button", { name: "Train" }).click();
    await finished.waitFor({ timeout: 60_000 });
    const loss = Number(await page.textContent("figcaption .number"));
    expect(loss).toBeGreaterThan(0.01);
    expect(loss).toBeLessThan(0.7);
    expect(await violations(page)).toEqual([]);

    const memory = () =>
      page.evaluate(async () => {
        const measured = performance as unknown as {
          measureUserAgentSpecificMemory(): Promise<{ bytes: number }>;
        };
        return (await measured.measureUserAgentSpecificMemory()).bytes;
      });
    const again = async (steps: number) => {
      await page.getByRole("slider", { name: "Training steps" }).fill(String(steps));
      await page.getByRole("button", { name: "Train again" }).click();
      await page.getByText(`after ${steps} steps`).waitFor({ timeout: 60_000 });
      await finished.waitFor();
      await page.waitForTimeout(500);
    };
    // The first runs fill caches and compile; from then on nothing may grow.
    await again(500);
    const before = await memory();
    await again(750);
    expect((await memory()) - before).toBeLessThan(3 * 2 ** 20);

    // Of a law a second network can be trained on other points, and drawn from the same noise.
    await page.getByRole("radio", { name: "Moons" }).check({ force: true });
    await page.getByRole("slider", { name: "Training steps" }).fill("500");
    await page.getByRole("button", { name: "Train again" }).click();
    await page.getByRole("button", { name: "Train a second one" }).click({ timeout: 60_000 });
    await page
      .locator("figcaption", { hasText: "Two networks of different points" })
      .waitFor({ timeout: 60_000 });
    expect(errors).toEqual([]);
    expect(strays).toEqual([]);
    await page.close();
  }, 180_000);

  it("shows how much the exact score copies, as the packages find it", async () => {
    const { page, errors } = await lab.visit("#training?at=200&law=ring&size=2&seed=3");
    const points = drawPoints(PLANE_LAWS.ring.law, 20, 3);
    const { report } = await exactSamplesOf(points, "whole", ASKED, 3);
    const share = `${Math.round(100 * report.memorised.value)} %`;
    await page.locator("figcaption .number", { hasText: share }).waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });
});
