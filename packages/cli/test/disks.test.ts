import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { smallDisk } from "../../files/test/support/small-disk.ts";
import { VERBS } from "../src/verbs/index.ts";
import { call } from "./support/call.ts";
import { TINY_NETWORK, tinyImages } from "./support/tiny-files.ts";

const root = mkdtempSync(join(tmpdir(), "disks-"));
const at = (name: string): string => join(root, name);
// Where no file system can be mounted, these tests are skipped.
const readOnly = smallDisk(at("read-only"), 64);
readOnly?.readOnly();
const full = smallDisk(at("full"), 64);
full?.fill();
let images: string;
let run: string;

beforeAll(async () => {
  images = tinyImages(root);
  run = at("run");
  const sample = ["sample", TINY_NETWORK, "--start", "noise", "--steps", "2", "--count", "2"];
  expect(await call([...sample, "--out", run, "--json"])).toMatchObject({ code: 0 });
}, 120_000);
afterAll(() => {
  readOnly?.unmount();
  full?.unmount();
  rmSync(root, { recursive: true });
});

/** Every verb that writes where it is told, and words that let it work. */
const WORDS: Readonly<Record<string, () => readonly string[]>> = {
  demo: () => [],
  analyze: () => [images],
  theory: () => ["two-deltas"],
  train: () => ["config.json"],
  distil: () => ["config.json"],
  sample: () => [TINY_NETWORK, "--start", "noise", "--steps", "2", "--count", "2"],
  again: () => [join(run, "result.json")],
  merge: () => [run],
  likelihood: () => [TINY_NETWORK, "--data", images, "--count", "1", "--probes", "1"],
  uturn: () => [...ON_IMAGES(), "--classifier", "nearest", "--samples", "4", "--steps", "4"],
  memorise: () => [...ON_IMAGES(), "--samples", "10", "--steps", "2"],
  study: () => [...ON_IMAGES(), "--classifier", "nearest", "--extractor", "pca4"],
  compare: () => [...ON_IMAGES(), "--extractor", "pca4", "--samples", "50", "--scan", "50"],
  clone: () => [...ON_IMAGES(), "--classifier", "nearest", "--steps", "5", "--pairs", "4"],
  distance: () => [images, images, "--extractor", "pixels"],
  stats: () => [images, "--extractor", "pixels"],
  agree: () => [TINY_NETWORK, ...ON_IMAGES(), "--samples", "4", "--times", "500"],
  score: () => [...ON_IMAGES(), "--samples", "0", "--skip-gap"],
  import: () => [TINY_NETWORK],
};
const ON_IMAGES = (): readonly string[] => [TINY_NETWORK, "--data", images];

test("every verb that writes where it is told is here", async () => {
  const writing: string[] = [];
  for (const [name, { load }] of Object.entries(VERBS))
    if ("out" in (await load()).args) writing.push(name);
  expect(writing.toSorted()).toEqual(Object.keys(WORDS).toSorted());
});

test.skipIf(readOnly === undefined).each(Object.keys(WORDS))(
  "%s finds out before it works that its directory is read-only, and names it",
  async (verb) => {
    const out = join(at("read-only"), "some", "where");
    const { code, stdout, stderr } = await call([verb, ...WORDS[verb]!(), "--out", out]);
    const place = verb === "stats" ? join(at("read-only"), "some") : out;
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(`^ssb: ${place} cannot be written to: EROFS.*\n$`),
    });
  },
);

/** Verbs that come as far as writing, the others in a minute or with a run of their own. */
const QUICK = Object.keys(WORDS).filter(
  (verb) => !["demo", "train", "distil", "merge"].includes(verb),
);

test.skipIf(full === undefined).each(QUICK)(
  "%s names the file that a full disk does not take, and leaves nothing half written",
  async (verb) => {
    const out = join(at("full"), verb);
    const { code, stderr } = await call([verb, ...WORDS[verb]!(), "--out", out]);
    expect(stderr).toMatch(new RegExp(`^ssb: ${out}.* cannot be written: ENOSPC.*\n$`, "m"));
    expect(code).toBe(1);
    const files = readdirSync(at("full"), { recursive: true }).map(String);
    expect(files.filter((name) => name.includes("partial"))).toEqual([]);
  },
  120_000,
);
