import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { npzImages, parseParquet } from "../src/bytes.ts";
import codecs from "./fixtures/pyarrow-codecs.json" with { type: "json" };
import { npy } from "./support/encode.ts";

/** The modules that a module imports, its own ones followed. */
function graphOf(file: string, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(file)) return seen;
  const text = readFileSync(file, "utf8");
  seen.set(file, text);
  for (const [, name] of text.matchAll(/(?:from|import\()\s*"([^"]+)"/g))
    if (name!.startsWith(".")) graphOf(join(dirname(file), name!), seen);
    else seen.set(name!, "");
  return seen;
}

test("nothing below it needs Node", () => {
  const graph = graphOf(join(import.meta.dirname, "../src/bytes.ts"));
  expect([...graph.keys()].filter((name) => name.startsWith("node:"))).toEqual([]);
  const users = [...graph].filter(([, text]) => /\bBuffer[.(]|\bprocess\.(?:env|std)/.test(text));
  expect(users.map(([name]) => name)).toEqual([]);
});

test.each(Object.entries(codecs))("Parquet by pyarrow 26 with the codec %s", async (_, text) => {
  const bytes = new Uint8Array(Buffer.from(text, "base64"));
  // In place of a canvas: what it is given is what is tested here.
  const seen: string[] = [];
  const decode = async (images: readonly { bytes: Uint8Array; file: string }[]) => {
    seen.push(...images.map(({ file }) => file));
    return { values: new Uint8Array(images.length * 2), shape: [1, 1, 2] as const };
  };
  const set = await parseParquet(bytes, "cats.parquet", decode, { classes: [1, 2] });
  expect(set).toMatchObject({ count: 8, shape: [1, 1, 2], classNames: ["cat", "dog", "eel"] });
  expect(Array.from(set.labels!)).toEqual([1, 2, 1, 2, 1, 2, 1, 2]);
  expect(seen[0]).toBe("cats.parquet, row 1");
});

test("an archive of arrays, with its labels", () => {
  const bytes = zipSync({
    "x_train.npy": npy("|u1", [2, 1, 2], Uint8Array.of(1, 2, 3, 4)),
    "y_train.npy": npy("|u1", [2], Uint8Array.of(7, 3)),
  });
  expect(npzImages(bytes, "set.npz")).toMatchObject({
    ...{ count: 2, shape: [1, 1, 2], split: "train" },
    labels: Uint8Array.of(7, 3),
  });
});
