import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prepare } from "./support/folder.ts";
import { blocks, ROOT } from "./support/pages.ts";
import { keeps, promised } from "./support/printed.ts";

const run = promisify(execFile);

/** Programs that people are shown: they run as printed, alone, and print what they say. */
const programs = blocks().filter(
  ({ language, text }) => (language === "ts" || language === "js") && /^import /m.test(text),
);

/** Beside the pages, so that @symbreak packages are found; a module each, numbered. */
const modules = join(ROOT, "docs", ".cache");
const PAGE = join(ROOT, "packages", "web", "dist", "page");
let folder: string;

beforeAll(async () => {
  rmSync(modules, { recursive: true, force: true });
  mkdirSync(modules);
  programs.forEach(({ text, language }, i) => {
    writeFileSync(join(modules, `${i}.${language}`), `${text}export {};\n`);
  });
  folder = mkdtempSync(join(tmpdir(), "symbreak-docs-"));
  await prepare(folder);
});

afterAll(() => {
  rmSync(modules, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

describe("the programs of the pages", () => {
  it.for(programs.map((program, i) => ({ ...program, i })))(
    "$at",
    async ({ at, i, text, language }, { skip }) => {
      // The lab is served from its built page.
      skip(at.startsWith("packages/web/") && !existsSync(PAGE), "the page is not built");
      const mark = join(ROOT, "docs", "test", "support", "mark-prints.mjs");
      const args = ["--conditions=source", "--import", mark, join(modules, `${i}.${language}`)];
      const { stdout } = await run(process.execPath, args, { cwd: folder });
      const prints = stdout.split("\u001e").slice(0, -1);
      const promises = promised(text);
      if (promises.length === 0) return;
      expect(prints).toHaveLength(promises.length);
      for (const [n, promise] of promises.entries()) {
        if (promise !== undefined && !keeps(prints[n]!, promise)) expect(prints[n]).toBe(promise);
      }
    },
  );

  // jsdom's own types bring those of the whole DOM along; a user may install them.
  it("compile as a strict user has them", async () => {
    const config = {
      extends: join(ROOT, "tsconfig.base.json"),
      compilerOptions: {
        types: ["node"],
        lib: ["es2023", "dom"],
        noEmit: true,
        isolatedDeclarations: false,
        declaration: false,
        noUnusedLocals: false,
      },
      include: ["*.ts"],
    };
    writeFileSync(join(modules, "jsdom.d.ts"), 'declare module "jsdom";\n');
    writeFileSync(join(modules, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    const said = await run(process.execPath, [tsc, "-p", modules]).catch(
      ({ stdout }: { stdout: string }) => ({ stdout }),
    );
    const told = said.stdout.replace(/[^\s(]*?(\d+)\.ts\(/g, (_, i) => `${programs[i]!.at} (`);
    expect(told).toBe("");
  });
});
