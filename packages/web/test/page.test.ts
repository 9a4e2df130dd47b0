import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { serveLab } from "../src/serve.ts";
import { chromium } from "./support/chromium.ts";
import { type Lab, openLab, violations } from "./support/lab.ts";

const ROOMS = ["potential", "clones", "late-start"];

describe.skipIf(chromium === undefined)("the page, in Chromium", () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(() => lab.close());

  it.each(ROOMS)("has nothing that axe-core finds wrong, light and dark: %s", async (room) => {
    const { page, errors } = await lab.visit(`#${room}?at=200`);
    await page.waitForTimeout(300);
    await page.getByText("Take it with you").first().click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Dark theme" }).click();
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.close();
  });

  it.each([...ROOMS, "digits", "training", "images"])(
    "fits a phone without sideways scrolling: %s",
    async (room) => {
      const { page } = await lab.visit(`#${room}?at=200`, {
        viewport: { width: 375, height: 800 },
      });
      const [inner, outer] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        innerWidth,
      ]);
      expect(inner).toBeLessThanOrEqual(outer!);
      await page.close();
    },
  );

  it("does not move by itself for readers who asked for little motion", async () => {
    const { page } = await lab.visit("", { reducedMotion: "reduce" });
    const said = await page.textContent(".track output");
    await page.waitForTimeout(400);
    expect(await page.textContent(".track output")).toBe(said);
    await page.close();
  });

  it("reads a caption out once it has come to rest, and not while it changes", async () => {
    const { page } = await lab.visit("#images?at=900");
    await page.locator("figcaption", { hasText: "At the cursor 0 of 39" }).waitFor();
    const spoken = page.locator("figure p[role=status]");
    await page.getByLabel("Time, from noise to data").fill("600");
    await page.getByLabel("Time, from noise to data").fill("700");
    await page.locator("figcaption", { hasText: "At the cursor 18 of 39" }).waitFor();
    expect(await spoken.textContent()).not.toContain("At the cursor 18 of 39");
    await spoken.filter({ hasText: "At the cursor 18 of 39" }).waitFor({ state: "attached" });
    await page.close();
  });

  it("gives a figure as a command, a program, JSON, SVG and PNG", async () => {
    const { page, errors } = await lab.visit("#potential?at=200");
    await page.getByText("Take it with you").click();
    await page.locator(".code pre").last().waitFor();
    const code = await page.locator(".code pre").allTextContents();
    expect(code[0]).toBe("ssb theory two-deltas");
    expect(code[1]).toContain("exactDenoiser(law)");
    for (const [button, file, begins] of [
      ["Numbers (JSON)", "potential-splits.json", "{"],
      ["Figure (SVG)", "potential-splits.svg", "<svg"],
      ["Figure (PNG)", "potential-splits.png", "\u0089PNG"],
    ] as const) {
      const waiting = page.waitForEvent("download");
      await page.getByRole("button", { name: button }).click();
      const download = await waiting;
      expect(download.suggestedFilename()).toBe(file);
      const stream = await download.createReadStream();
      const [first] = (await stream.toArray()) as Buffer[];
      expect(first!.toString("latin1").startsWith(begins)).toBe(true);
    }
    expect(errors).toEqual([]);
    await page.close();
  });

  it.each([
    "#potential?means=-1,1,2&weights=1",
    "#clones?deviation=-3",
    "#late-start?steps=0&grid=own&own=3,7",
    "#nowhere?at=5000",
  ])("stays on its feet when an address makes no sense: %s", async (address) => {
    const { page } = await lab.visit(address, {}, lab.server.url, "main h2, main [role=alert]");
    const again = page.getByRole("button", { name: "Begin it anew" });
    if (await again.isVisible()) {
      await again.click();
      await page.waitForSelector("main h2");
    }
    await page.getByRole("link", { name: "Start late" }).click();
    await page.locator("h3", { hasText: "5 calls" }).first().waitFor();
    await page.close();
  });

  it("says so when a part of it cannot be fetched", async () => {
    const { page } = await lab.visit("#images?at=300", { serviceWorkers: "block" });
    await page.route("**/exact-worker*.js", (route) => route.abort());
    await page.getByRole("link", { name: "The potential splits" }).click();
    await page
      .getByRole("alert")
      .filter({ hasText: "A part of this page could not be fetched" })
      .first()
      .waitFor();
    await page.close();
  });

  it("works from a folder below the root, and without a connection once it was there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "symbreak-below-"));
    cpSync(inject("page"), join(folder, "some/where"), { recursive: true });
    cpSync(join(inject("page"), "index.html"), join(folder, "index.html"));
    const server = await serveLab({ root: folder });
    const visit = await lab.visit("some/where/#clones?at=300", {}, server.url);
    const { page } = visit;
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await server.close();
    await page.goto("about:blank");
    await page.goto(`${server.url}some/where/#late-start?at=300`);
    await page.waitForSelector("main h2");
    expect(await page.textContent("main h2")).toBe("Start late");
    expect(visit.errors).toEqual([]);
    expect(visit.strays).toEqual([]);
    await page.close();
    rmSync(folder, { recursive: true });
  });
});
