import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { call } from "./support/call.ts";
import { TINY_NETWORK } from "./support/tiny-files.ts";

const root = mkdtempSync(join(tmpdir(), "broken-"));
afterAll(() => rmSync(root, { recursive: true }));

const SAMPLE = ["--start", "noise", "--steps", "2", "--json"];
const JOB = "job-0123456789ab.json";

/** Files that are read back, the verb that does, and whether a network of diffusers lies about them. */
const FILES: readonly (readonly [
  file: string,
  words: (path: string) => string[],
  about: boolean,
])[] = [
  ["import.json", (path) => ["sample", dirname(path), ...SAMPLE], true],
  ["model_index.json", (path) => ["sample", dirname(path), ...SAMPLE], true],
  ["config.json", (path) => ["sample", dirname(path), ...SAMPLE], false],
  ["unet/config.json", (path) => ["sample", dirname(dirname(path)), ...SAMPLE], true],
  [
    "scheduler/scheduler_config.json",
    (path) => ["sample", dirname(dirname(path)), ...SAMPLE],
    true,
  ],
  ["net.onnx.json", (path) => ["sample", path.replace(/\.json$/, ""), ...SAMPLE], false],
  ["result.json", (path) => ["again", path], false],
  [JOB, (path) => ["merge", dirname(path)], false],
  ["run.json", (path) => ["train", path], false],
];

test.each(FILES)(
  "%s that is broken, or nested without end, is named",
  async (file, words, about) => {
    const directory = mkdtempSync(join(root, "case-"));
    if (about) cpSync(TINY_NETWORK, directory, { recursive: true });
    const path = join(directory, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(join(directory, "net.onnx"), "");
    for (const text of ["{", "", `${"[".repeat(1e5)}${"]".repeat(1e5)}`, '{"__proto__":1}']) {
      writeFileSync(path, text);
      const { code, stdout, stderr } = await call(words(path));
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(/^ssb: [^\n]+\n$/);
      expect(stderr).toContain(file);
    }
  },
);
