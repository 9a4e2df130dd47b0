import { describe, expect, it } from "vitest";
import { findBlockSize, type RunOnnx } from "../../src/index.ts";
import { runModel } from "../support/run-onnx.ts";

describe("findBlockSize", () => {
  it("finds 8 or 16 on onnxruntime's CPU provider for x86-64, and the same again", async () => {
    const found = await findBlockSize(runModel);
    if (process.arch === "x64") expect([8, 16]).toContain(found?.channels);
    expect(await findBlockSize(runModel)).toEqual(found);
  });

  it("refuses a runtime that lacks the operators", async () => {
    const lacking: RunOnnx = () => Promise.reject(new Error("no such operator"));
    expect(await findBlockSize(lacking)).toBeUndefined();
  });

  it("refuses a runtime whose numbers are wrong in any output", async () => {
    const outputs = ["forward", "strided", "input", "filterGradient"];
    for (const spoilt of outputs) {
      const wrong: RunOnnx = async (model, inputs) => {
        const right = await runModel(model, inputs);
        return {
          ...right,
          [spoilt]: Array.from(right[spoilt]!, (v, i) => (i === 7 ? v + 0.5 : v)),
        };
      };
      expect(await findBlockSize(wrong)).toBeUndefined();
    }
  });

  it("does not take a wrong size for the right one", async () => {
    const right = await findBlockSize(runModel);
    if (!right) return;
    // A runtime that fails at the right size must not be given the other one.
    let calls = 0;
    const at = right.channels === 8 ? 1 : 2;
    const failing: RunOnnx = (model, inputs) =>
      ++calls === at ? Promise.reject(new Error("not this one")) : runModel(model, inputs);
    expect(await findBlockSize(failing)).toBeUndefined();
  });
});
