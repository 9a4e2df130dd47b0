import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import util from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { selectEngine } from "../../../src/engines/select.ts";

const installed = (() => {
  try {
    createRequire(import.meta.url).resolve("@tensorflow/tfjs-node-gpu");
    return true;
  } catch {
    return false;
  }
})();

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv("SYMBREAK_CACHE", join(tmpdir(), "symbreak-nothing-here"));
  vi.stubEnv("SYMBREAK_TFJS_NODE", undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

test.skipIf(installed)(
  "a forced engine that is missing is an error that says how to get it",
  async () => {
    const { tfjsNodeGpu } = await import("../../../src/node/engines/tfjs-node.ts");
    const selected = selectEngine([tfjsNodeGpu], { engine: "tfjs-node-gpu" });
    await expect(selected).rejects.toThrow(
      /tfjs-node-gpu is not available\ntfjs-node-gpu: Cannot find module .*; install it with: npm install @tensorflow\/tfjs-node-gpu, or.*tfjs-from-wheel.sh tfjs-node-gpu/,
    );
  },
);

test.skipIf(installed)(
  "what tfjs-node calls is in node:util, though Node 23 took it out",
  async () => {
    const { tfjsNodeGpu } = await import("../../../src/node/engines/tfjs-node.ts");
    await tfjsNodeGpu.open({}).catch(() => {});
    const { isArray, isNullOrUndefined } = util as unknown as Record<
      string,
      (x: unknown) => boolean
    >;
    expect([isArray!([]), isArray!({})]).toEqual([true, false]);
    expect([null, undefined, 0, ""].map(isNullOrUndefined!)).toEqual([true, true, false, false]);
  },
);
