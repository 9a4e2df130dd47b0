import { invalid } from "@symbreak/core";
import { type Program, sizeOf } from "@symbreak/graph";
import type { CompileOptions, ValuesByName } from "./engine.ts";

/** Checks that the state's outputs and inputs exist and have equal shapes and types. */
export function checkState(program: Program, state: CompileOptions["state"]): void {
  for (const [output, input] of Object.entries(state)) {
    const [from, to] = [program.outputs[output], program.inputs[input]];
    if (from && to && `${from.dtype}${from.shape}` === `${to.dtype}${to.shape}`) continue;
    const rule = "state must map an output of the program to an input of the same shape and type";
    const show = (tensor: typeof from): string =>
      tensor ? `${tensor.dtype} [${tensor.shape}]` : "missing";
    throw invalid("compile", rule, { [output]: show(from), [input]: show(to) });
  }
}

/** Checks that there are values of the right type and length for each of the named inputs. */
export function checkValues(
  where: string,
  program: Program,
  names: readonly string[],
  values: ValuesByName,
): void {
  for (const name of names) {
    const { shape, dtype } = program.inputs[name]!;
    const given = values[name];
    const type = dtype === "float32" ? Float32Array : Int32Array;
    if (given instanceof type && given.length === sizeOf(shape)) continue;
    const rule = `"${name}" must be a ${type.name} of ${sizeOf(shape)} values, [${shape}]`;
    throw invalid(where, rule, given && `${given.constructor.name} of ${given.length}`);
  }
  const stranger = Object.keys(values).find((name) => !names.includes(name));
  if (stranger !== undefined)
    throw invalid(where, `names must be among ${names.join(", ")}`, stranger);
}

/** The inputs of a program that are state, and those that are fed. */
export function splitInputs(
  program: Program,
  state: CompileOptions["state"],
): { kept: string[]; fed: string[] } {
  const kept = Object.values(state);
  return { kept, fed: Object.keys(program.inputs).filter((name) => !kept.includes(name)) };
}
