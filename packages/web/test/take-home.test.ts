import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { loadDataset } from "@symbreak/datasets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromium } from "./support/chromium.ts";
import { type Lab, openLab } from "./support/lab.ts";
import { node, ssb } from "./support/ssb.ts";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));

/** Views of all rooms, each with what its figures print: settings that change a command or a program. */
const VIEWS: readonly (readonly [address: string, figures: number])[] = [
  ["#potential?at=200", 1],
  ["#potential?at=200&law=sphere&dimension=3&count=50", 1],
  ["#potential?law=own&deviation=1&means=-4,4&guidance=2&temperature=0.5&count=50", 1],
  ["#potential?law=four&means=-2.4,-1.3,1.3,2.4&weights=1,1,1,1&deviation=0.1&count=50", 1],
  ["#potential?law=unequal&weights=2,1&deviation=0.2&eta=0.5&count=50", 1],
  ["#clones?mean=1&weight=0.3", 2],
  ["#clones?mean=1&deviation=1", 2],
  ["#late-start?law=ring&grid=information&steps=4&solver=heun", 1],
  ["#late-start?law=moons&grid=karras&solver=ddim", 1],
  ["#training?law=ring&size=2&steps=250&width=16", 1],
];

/** A network of digits with its notes, and digits that a program reads as "./my-images". */
async function writeImages(folder: string): Promise<string[]> {
  const { values, labels } = await loadDataset("mnist", { limit: 200 });
  const idx = (shape: number[], bytes: Uint8Array) => {
    const head = Buffer.alloc(4 + 4 * shape.length);
    head.set([0, 0, 8, shape.length]);
    for (const [axis, size] of shape.entries()) head.writeUInt32BE(size, 4 + 4 * axis);
    return Buffer.concat([head, bytes]);
  };
  const notes = {
    shape: [1, 28, 28],
    process: { name: "discrete", kind: "linear", steps: 1000, betaStart: 1e-4, betaEnd: 0.02 },
    prediction: "epsilon",
    units: "symmetric",
  };
  const files = {
    "my-images/train-images-idx3-ubyte": idx([200, 28, 28], values as Uint8Array),
    "my-images/train-labels-idx1-ubyte": idx([200], labels as Uint8Array),
    "mine.onnx": readFileSync(new URL("../../zoo/models/mnist.onnx", import.meta.url)),
    "mine.json": JSON.stringify(notes),
  };
  mkdirSync(join(folder, "my-images"), { recursive: true });
  return Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
}

describe.skipIf(chromium === undefined)("what readers take home", () => {
  let lab: Lab;
  // Below the package, where its dependencies are found; and not below node_modules, where types are not stripped.
  const folder = mkdtempSync(join(PACKAGE, ".taken-"));
  const programs: { file: string; from: string }[] = [];
  const commands = new Set<string>();
  let images: string[] = [];

  beforeAll(async () => {
    lab = await openLab();
    images = await writeImages(folder);
  });
  afterAll(async () => {
    await lab.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens what a view's figures give, and keeps their commands and programs. */
  async function collect(address: string, figures: number, ready = "figure"): Promise<void> {
    const { page } = await lab.visit(address);
    if (address.startsWith("#images")) await page.getByLabel("Choose files").setInputFiles(images);
    await page.locator(ready).first().waitFor({ timeout: 120_000 });
    if (address.startsWith("#late"))
      await page.locator("h3", { hasText: "calls" }).nth(1).waitFor();
    const folds = page.getByText("Take it with you");
    expect(await folds.count()).toBeGreaterThanOrEqual(figures);
    for (const fold of await folds.all()) await fold.click();
    for (const take of await page.locator("details.take").all()) {
      await take.locator(".code pre").last().waitFor();
      const texts = await take.locator(".code pre").allTextContents();
      const program = texts.at(-1)!;
      const file = join(folder, `${programs.length}.ts`);
      writeFileSync(file, program);
      programs.push({ file, from: address });
      for (const line of texts.length > 1 ? texts[0]!.split("\n") : []) commands.add(line);
    }
    await page.close();
  }

  it("is printed by every figure", async () => {
    for (const [address, figures] of VIEWS) await collect(address, figures);
    await collect("#digits?steps=2&start=400", 2, "figcaption:has-text('The judge is sure')");
    await collect("#images?at=300", 3, "text=Where to start sampling with few steps, by mine.onnx");
    expect(programs.length).toBeGreaterThanOrEqual(VIEWS.length + 5);
  }, 240_000);

  it("are programs that type-check and run", async () => {
    expect(programs).not.toEqual([]);
    const config = {
      extends: "../../../tsconfig.base.json",
      compilerOptions: {
        types: ["node"],
        noEmit: true,
        noUnusedLocals: false,
        isolatedDeclarations: false,
        declaration: false,
        composite: false,
      },
      files: programs.map(({ file }) => file),
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const tsc = createRequire(import.meta.url).resolve("typescript/package.json");
    const checked = await promisify(execFile)(
      process.execPath,
      [join(tsc, "../bin/tsc"), "-p", folder],
      { cwd: folder },
    ).catch((error: { stdout: string }) => error);
    expect(checked.stdout).toBe("");
    for (const { file, from } of programs) {
      const said = await node(file, [], folder).catch((error: Error) => {
        throw new Error(`${from}: ${error.message}`);
      });
      expect(said, from).not.toBe("");
    }
  }, 400_000);

  it("are commands that ssb takes", async () => {
    expect(commands.size).toBeGreaterThan(8);
    for (const command of commands) {
      // A digit of the reader's own is a file beside the command; its own test runs it.
      if (command.includes("digit.npy")) continue;
      expect(await ssb(`${command} --json`, folder), command).toContain("{");
    }
  }, 400_000);
});
