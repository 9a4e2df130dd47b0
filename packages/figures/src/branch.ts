/** One line of a bifurcation diagram, as core's `traceBranches` gives it. */
export interface BranchData {
  readonly stable: boolean;
  /** The parameter at each point: signal amplitude θ or OU time. */
  readonly parameter: ArrayLike<number>;
  readonly x: ArrayLike<number>;
}

/** A branch's points, for Plot. */
export function branchPoints({ parameter, x }: BranchData): { parameter: number; x: number }[] {
  return Array.from(parameter, (at, i) => ({ parameter: at, x: x[i]! }));
}
