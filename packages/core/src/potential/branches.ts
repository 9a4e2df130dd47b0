import type { FixedPoint } from "./mean-field.ts";

/** One line of a bifurcation diagram: a well or a barrier followed through the parameter. */
export interface Branch {
  readonly stable: boolean;
  /** The parameter (theta, alphaBar, time, …) at each point. */
  readonly parameter: number[];
  readonly x: number[];
}

export interface BifurcationDiagram {
  /** A line ends, and new ones begin, where the number of fixed points changes. */
  readonly branches: Branch[];
  /** Those parameters, in the order they are met: where a pitchfork opens or a pair is born in a fold. */
  readonly transitions: number[];
}

/** A transition is bracketed to this fraction of the parameter step it was met in. */
const RESOLUTION = 1e-12;

interface Slice {
  readonly parameter: number;
  readonly points: readonly FixedPoint[];
}

/**
 * Follows the fixed points of a one-dimensional landscape (ascending, as {@link fixedPoints} and
 * {@link twoGaussiansFixedPoints} give them) through monotone `parameters`. Between two with different numbers of points
 * the transition is bracketed by halving, and both its sides are drawn, so that lines meet.
 */
export function traceBranches(
  fixedPointsAt: (parameter: number) => readonly FixedPoint[],
  parameters: ArrayLike<number>,
): BifurcationDiagram {
  const branches: Branch[] = [];
  const transitions: number[] = [];
  let open: Branch[] = [];
  const draw = ({ parameter, points }: Slice): void => {
    if (points.length !== open.length) {
      open = points.map(({ stable }) => ({ stable, parameter: [], x: [] }));
      branches.push(...open);
    }
    points.forEach(({ x }, i) => {
      open[i]!.parameter.push(parameter);
      open[i]!.x.push(x);
    });
  };
  const slice = (parameter: number): Slice => ({ parameter, points: fixedPointsAt(parameter) });

  let last: Slice | undefined;
  for (let i = 0; i < parameters.length; i++) {
    const next = slice(parameters[i]!);
    while (last !== undefined && last.points.length !== next.points.length) {
      const [before, after] = bracket(last, next, slice);
      if (before !== last) draw(before);
      if (after !== next) draw(after);
      transitions.push(0.5 * (before.parameter + after.parameter));
      last = after;
    }
    draw(next);
    last = next;
  }
  return { branches, transitions };
}

/** Two neighbouring slices with different numbers of points, the first with as many as `low`. */
function bracket(low: Slice, high: Slice, slice: (parameter: number) => Slice): [Slice, Slice] {
  const resolution = RESOLUTION * Math.abs(high.parameter - low.parameter);
  const count = low.points.length;
  while (Math.abs(high.parameter - low.parameter) > resolution) {
    const middle = slice(0.5 * (low.parameter + high.parameter));
    if (middle.parameter === low.parameter || middle.parameter === high.parameter) break;
    if (middle.points.length === count) low = middle;
    else high = middle;
  }
  return [low, high];
}
