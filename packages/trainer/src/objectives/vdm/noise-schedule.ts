import { invalid } from "@symbreak/core";
import { add, broadcastTo, constant, maximum, mul, type Tensor } from "@symbreak/graph";
import { constantly } from "../../initialiser.ts";
import type { ParameterSpec, Parameters } from "../../model.ts";
import { monotone, monotoneParameters } from "./monotone.ts";

/** gamma = −log SNR as a function of t in [0, 1], with whatever of it is learned (Kingma et al. 2021, section 3.1 and appendix H). */
export interface NoiseSchedule {
  readonly name: string;
  readonly parameters: readonly ParameterSpec[];
  /** gamma at 0 and at 1: scalars. */
  ends(p: Parameters): { readonly clean: Tensor; readonly noisy: Tensor };
  /** How far from gamma(0) to gamma(1), 0 to 1, and its derivative, at times [n]: [n] both. */
  shape(p: Parameters, t: Tensor): { readonly fraction: Tensor; readonly slope: Tensor };
  /** Names of the parameters that bend the schedule between its ends. The loss does not depend on them, only its variance does. */
  readonly bends: readonly string[];
}

/** Where a schedule begins and ends; by default at −13.3 and 5. */
export interface ScheduleEnds {
  readonly min?: number;
  readonly max?: number;
}

/** A straight line between fixed ends. */
export function fixedLinear({ min = -13.3, max = 5 }: ScheduleEnds = {}): NoiseSchedule {
  check(min, max);
  return {
    name: "fixed linear schedule",
    parameters: [],
    ends: () => ({ clean: constant(min), noisy: constant(max) }),
    shape: (_, t) => ({ fraction: t, slope: broadcastTo(constant(1), t.shape) }),
    bends: [],
  };
}

/** A straight line b + |w|·t whose ends are learned. */
export function learnedLinear(ends: ScheduleEnds = {}): NoiseSchedule {
  const fixed = fixedLinear(ends);
  return {
    ...fixed,
    ...learnedEnds(ends),
    name: "learned linear schedule",
  };
}

/**
 * A monotone curve: the ends are learned by the bound, and the way between them, a network with `units` hidden units of
 * non-negative weights, by the variance of the loss, on which alone it bears.
 */
export function learnedMonotone({
  units = 1024,
  ...ends
}: ScheduleEnds & { readonly units?: number } = {}): NoiseSchedule {
  if (!Number.isInteger(units) || units < 1)
    throw invalid("learnedMonotone", "units must be a positive whole number", units);
  const learned = learnedEnds(ends);
  const bending = monotoneParameters(units);
  return {
    ...learned,
    name: "learned monotone schedule",
    parameters: [...learned.parameters, ...bending],
    shape: (p, t) => monotone(p, t),
    bends: bending.map(({ name }) => name),
  };
}

function learnedEnds(ends: ScheduleEnds): Pick<NoiseSchedule, "parameters" | "ends"> {
  const { min = -13.3, max = 5 } = ends;
  check(min, max);
  return {
    parameters: [
      { name: "schedule.min", shape: [], init: constantly(min) },
      { name: "schedule.range", shape: [], init: constantly(max - min) },
    ],
    ends: (p) => {
      const clean = p["schedule.min"]!;
      const range = p["schedule.range"]!;
      return { clean, noisy: add(clean, maximum(range, mul(range, -1))) };
    },
  };
}

function check(min: number, max: number): void {
  if (!(min < max)) throw invalid("noise schedule", "min must be below max", [min, max]);
}
