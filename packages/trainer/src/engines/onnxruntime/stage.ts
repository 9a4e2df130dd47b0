import { type BlockSize, type Program, toOnnx } from "@symbreak/graph";
import type { Stage } from "./stages.ts";

/** Lowers a program, with blocked convolutions where a block size is given. */
export function stageOf(program: Program, blockSize: BlockSize | undefined): Stage {
  const inputs = Object.entries(program.inputs).map(([name, { shape, dtype }]) => {
    return [name, { shape, dtype: dtype }] as const;
  });
  return {
    model: toOnnx(program, blockSize ? { blockSize } : {}),
    inputs: Object.fromEntries(inputs),
    outputs: Object.keys(program.outputs),
  };
}
