import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  featureStatistics,
  frechetDistance,
  frechetFromStatistics,
  statisticsFromArrays,
} from "@symbreak/analysis";
import { type Data, simdMultiply } from "@symbreak/core";
import { npzBytes, readNpz } from "@symbreak/datasets";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFeatureMaker } from "../../src/distance/feature-maker.ts";
import { measureDistance } from "../../src/distance/measure-distance.ts";
import { call, json } from "../support/call.ts";
import { tinySet } from "../support/tiny-set.ts";

const NONE = { path: undefined, sha256: undefined };
let directory: string;
const at = (name: string) => join(directory, name);

/** A .npy of bytes or floats, n × 4 × 4. */
function npy(values: Data["values"]): Buffer {
  const n = values.length / 16;
  const type = values instanceof Uint8Array ? "|u1" : "<f4";
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${n}, 4, 4), }`;
  const head = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${text.padEnd(117)}\n`, "latin1");
  head.writeUInt16LE(118, 8);
  return Buffer.concat([head, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)]);
}

const [real, generated] = [tinySet(400), tinySet(300)];
generated.values.forEach((value, i) => {
  generated.values[i] = Math.max(0, value - (i % 16));
});

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "distance-"));
  await writeFile(at("real.npy"), npy(real.values));
  await writeFile(at("generated.npy"), npy(generated.values));
});
afterAll(() => rm(directory, { recursive: true }));

describe("ssb distance", () => {
  test("prints the analysis' distances of pixels, with intervals, protocol and its hash", async () => {
    const args = ["distance", at("real.npy"), at("generated.npy"), "--extractor", "pixels"];
    const result = await json(args);
    const { value, low, high, bias } = frechetDistance(real, generated, { extractor: "pixels" });
    expect(result.frechet).toMatchObject({ name: "FD-pixels", value, low, high, bias });
    expect(result).toMatchObject({
      size: 16,
      real: { count: 400 },
      generated: { count: 300 },
      kernel: { subsets: 1 },
      coverage: { k: 5 },
      anchored: { measure: "FD-pixels", count: 66, floor: { sets: 5 }, sees: false },
    });
    expect(result.protocol).toMatch(/pixels in \[−1, 1\].*n: 400 and 300.*k = 5.*seed: 0/);
    expect(result.protocolHash).toMatch(/^[0-9a-f]{12}$/);
    expect(result.warnings).toEqual([
      expect.stringContaining("FD-pixels cannot be told from 0"),
      expect.stringMatching(/^FD-pixels cannot judge starts: .*, below 3\.$/),
      expect.stringContaining("300 samples is biased"),
    ]);
    const { stdout } = await call(args);
    expect(stdout).toMatch(/FD-pixels +[\d.]+ +\[[\d.]+, [\d.]+\] +[\d.]+\n/);
    expect(stdout).toContain(`protocol ${result.protocolHash}`);
    expect(stdout).toMatch(
      /FD-pixels, 66 a side +value +place\n[─ ]+\nreal images .* 0\ngenerated /,
    );
  });

  test("samples in floats are refused before features are made of anything", async () => {
    const floats = npy(Float32Array.from(generated.values, (value) => value / 100 - 1.3));
    await writeFile(at("floats.npy"), floats);
    for (const sides of [
      [at("real.npy"), at("floats.npy")],
      [at("floats.npy"), at("real.npy")],
    ]) {
      const { code, stderr } = await call(["distance", ...sides]);
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/floats\.npy holds floats.*ssb sample --bytes/),
      ]);
    }
  });

  test("statistics written by ssb stats stand in for the images that they are of", async () => {
    const stats = await json([
      "stats",
      at("real.npy"),
      "--extractor",
      "pixels",
      "--out",
      at("real.npz"),
    ]);
    expect(stats).toMatchObject({ count: 400, size: 16, extractor: "pixels" });
    const arrays = await readNpz(at("real.npz"));
    const { mean } = featureStatistics(real);
    expect(arrays.mu!.data).toEqual(mean);
    expect(arrays.sigma!.shape).toEqual([16, 16]);
    const options = ["--extractor", "pixels"];
    const whole = await json(["distance", at("real.npy"), at("generated.npy"), ...options]);
    const half = await json(["distance", at("real.npz"), at("generated.npy"), ...options]);
    const value = (result: Record<string, unknown>) => (result.frechet as { value: number }).value;
    expect(value(half) / value(whole)).toBeCloseTo(1, 9);
    expect(half).toMatchObject({
      kernel: null,
      vendi: null,
      real: { count: 400 },
      extractor: "pixels",
    });
  });

  test("two statistics files of others need no extractor, and the unknown is said", async () => {
    const waves = (k: number) => Float64Array.of(2 + Math.sin(k), 0.3, 0.3, 1);
    const [mu, other] = [Float64Array.of(0, 1), Float64Array.of(1, 1)];
    const sigma = (k: number) => ({ data: waves(k), shape: [2, 2] });
    await writeFile(at("a.npz"), npzBytes({ mu: { data: mu }, sigma: sigma(1) }));
    await writeFile(at("b.npz"), npzBytes({ mu: { data: other }, cov: sigma(2) }));
    const result = await json(["distance", at("a.npz"), at("b.npz")]);
    const expected = frechetFromStatistics(
      statisticsFromArrays({ mu, sigma: waves(1) }),
      statisticsFromArrays({ mu: other, sigma: waves(2) }),
    );
    expect((result.frechet as { value: number }).value).toBeCloseTo(expected, 12);
    expect(result.warnings).toEqual([
      "a statistics file does not say of how many samples it is",
      "a statistics file does not say what its features are",
    ]);
  });

  test("a set has no distance from itself; features of other extractors are warned of", async () => {
    const maker = await openFeatureMaker("pca4", real, NONE);
    const side = { kind: "images", name: "real", description: "real", set: real } as const;
    const common = { maker, k: 3, seed: 0, multiply: simdMultiply };
    const { frechet, kernel, vendi } = await measureDistance({
      ...common,
      real: side,
      generated: side,
    });
    expect(frechet.name).toBe("FD-pca4");
    expect(frechet.value).toBeLessThan(1e-9);
    expect(kernel!.value).toBeLessThan(1e-3);
    expect(vendi!.real).toBe(vendi!.generated);
    const statistics = featureStatistics(await maker.make(real));
    const { warnings } = await measureDistance({
      ...common,
      real: {
        kind: "statistics",
        name: "s",
        description: "s",
        statistics,
        count: 9,
        extractor: "fid",
      },
      generated: side,
    });
    expect(warnings).toContain("a statistics file is of fid features, and these are of pca4");
  });

  test("what it cannot do it says", async () => {
    const said = async (...args: string[]) => (await call(["distance", ...args])).stderr;
    const both = [at("real.npy"), at("generated.npy")];
    expect(await said(...both, "--extractor", "fid")).toContain("needs --inception");
    await writeFile(at("w.safetensors"), await readFile(at("real.npy")));
    expect(
      await said(
        ...both,
        "--extractor",
        "fid",
        "--inception",
        at("w.safetensors"),
        "--sha256",
        "00",
      ),
    ).toMatch(/has the SHA-256 [0-9a-f]{64}, not 00/);
    const wide = await call([
      "distance",
      at("real.npy"),
      "mnist",
      "--limit",
      "20",
      "--extractor",
      "pixels",
    ]);
    expect(wide.stderr).toContain("have no features in common");
  });
});
