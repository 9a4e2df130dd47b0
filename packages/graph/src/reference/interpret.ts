import { evaluate } from "../evaluate.ts";
import { invalid } from "../invalid.ts";
import type { Program } from "../program.ts";
import { sizeOf } from "../tensor.ts";
import { referenceKernels } from "./kernels.ts";

/**
 * Runs a program in plain JavaScript and double precision. Slow, and there to be trusted: the second method beside
 * finite differences. Inputs and outputs are row-major.
 */
export function interpret(
  program: Program,
  inputs: Readonly<Record<string, ArrayLike<number>>> = {},
): Record<string, Float64Array> {
  const values: Record<string, Float64Array> = {};
  for (const [name, tensor] of Object.entries(program.inputs)) {
    const given = inputs[name];
    if (given?.length !== sizeOf(tensor.shape)) {
      throw invalid("interpret", "every input needs as many values as it has elements", {
        [name]: tensor,
        values: given?.length,
      });
    }
    values[name] = Float64Array.from(given);
  }
  return evaluate(program, referenceKernels, values);
}
