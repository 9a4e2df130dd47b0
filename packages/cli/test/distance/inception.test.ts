import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { constant, input, matmul, program, reshape, slice, toDynamicOnnx } from "@symbreak/graph";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFeatureMaker } from "../../src/distance/feature-maker.ts";
import { openInception } from "../../src/distance/inception.ts";
import { tinySet } from "../support/tiny-set.ts";

let directory: string;
let path: string;
let sha256: string;

/** In place of the network: feature k is (k + 1) times one of the colors of one pixel that it looks at. */
const MIX = Float32Array.from({ length: 3 * 2048 }, (_, i) =>
  Math.floor(i / 2048) === i % 3 ? (i % 2048) + 1 : 0,
);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "inception-"));
  path = join(directory, "network.onnx");
  const onnx = toDynamicOnnx((batch) => {
    const image = input("image", [batch, 3, 299, 299]);
    const pixel = reshape(slice(image, [0, 0, 150, 150], [batch, 3, 1, 1]), [-1, 3]);
    return program({ features: matmul(pixel, constant(MIX, [3, 2048])) });
  });
  await writeFile(path, onnx);
  sha256 = createHash("sha256").update(onnx).digest("hex");
});
afterAll(() => rm(directory, { recursive: true }));

test("an ONNX network sees images at 299 × 299 in [−1, 1], gray repeated, in batches", async () => {
  const network = await openInception(path, undefined);
  expect(network.sha256).toBe(sha256);
  const images = Float32Array.from({ length: 10 * 16 }, (_, i) => Math.floor(i / 16) / 10);
  const features = await network.features(images, [1, 4, 4]);
  expect(features).toHaveLength(10 * 2048);
  for (const [n, k] of [
    [0, 0],
    [3, 7],
    [9, 2047],
  ] as const)
    expect(features[n * 2048 + k]! / ((k + 1) * ((2 * n) / 10 - 1))).toBeCloseTo(1, 5);
});

test("only weights with a pinned hash make it FID", async () => {
  const set = tinySet(4);
  const [pinned, free] = await Promise.all([
    openFeatureMaker("fid", set, { path, sha256: sha256.toUpperCase() }),
    openFeatureMaker("fid", set, { path, sha256: undefined }),
  ]);
  expect(pinned.name).toBe("fid");
  expect(free.name).toBe(`inception-${sha256.slice(0, 8)}`);
  for (const maker of [pinned, free]) expect(maker.description).toContain(sha256);
  await expect(openFeatureMaker("fid", set, { path, sha256: "ab" })).rejects.toThrow("not ab");
});

test("weights of another network are refused by the first that is missing", async () => {
  const other = join(directory, "other.safetensors");
  const header = Buffer.from("{}      ");
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  await writeFile(other, Buffer.concat([length, header]));
  await expect(openInception(other, undefined)).rejects.toThrow(
    'must hold "Conv2d_1a_3x3.conv.weight" as [32,3,3,3], got nothing',
  );
});
