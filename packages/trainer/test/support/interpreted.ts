import { interpret, type Program } from "@symbreak/graph";
import type { CompileOptions, ValuesByName } from "../../src/index.ts";

/** What an engine should give: the outputs of each run that are not state, and the state at the end, in doubles. */
export function interpreted(
  program: Program,
  state: CompileOptions["state"],
  start: ValuesByName,
  feeds: readonly ValuesByName[],
): { outputs: Record<string, Float64Array>[]; state: Record<string, ArrayLike<number>> } {
  let current: Record<string, ArrayLike<number>> = start;
  const outputs = feeds.map((fed) => {
    const results = Object.entries(interpret(program, { ...current, ...fed }));
    const next = results.flatMap(([name, value]) =>
      name in state ? [[state[name]!, value] as const] : [],
    );
    current = Object.fromEntries(next);
    return Object.fromEntries(results.filter(([name]) => !(name in state)));
  });
  return { outputs, state: current };
}
