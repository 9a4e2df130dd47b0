import { evaluate, type Kernels, type Node, type Program } from "@symbreak/graph";
import { type Held, held, plain, type Tf } from "./held.ts";

/** A program on TensorFlow.js, its constants in place. */
export interface Prepared {
  /** Leaves the inputs alone; the outputs are the caller's, in plain order. */
  run(inputs: Readonly<Record<string, Held>>): Record<string, Held>;
  dispose(): void;
}

export function prepare(tf: Tf, program: Program, kernels: Kernels<Held>): Prepared {
  const constants = new Map<Node, Held>();
  const withConstants: Kernels<Held> = {
    ...kernels,
    constant: (inputs, attributes, node) => {
      const value = constants.get(node) ?? kernels.constant(inputs, attributes, node)[0]!;
      constants.set(node, value);
      return [held(0, value.forms[0]!.clone())];
    },
  };
  return {
    run: (inputs) => {
      const values = evaluate(program, withConstants, inputs, release);
      const outputs = Object.entries(values).map(([name, value]) => {
        return [name, held(0, plain(tf, value, program.outputs[name]!.shape).clone())] as const;
      });
      const given = new Set(Object.values(inputs));
      for (const value of new Set(Object.values(values))) if (!given.has(value)) release(value);
      return Object.fromEntries(outputs);
    },
    dispose: () => {
      for (const value of constants.values()) release(value);
    },
  };
}

/** Gives back a value's memory. */
export function release({ forms }: Held): void {
  for (const tensor of forms) tensor?.dispose();
}
