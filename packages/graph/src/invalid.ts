import type { Signature } from "./tensor.ts";

type Shown = Signature | readonly number[] | number | string | undefined;

/**
 * The error for a broken rule: it names the operation, the rule, and every shape or value involved.
 *
 * @example throw invalid("reshape", "the number of elements must stay", { x, to: [2, 4] })
 * // RangeError: reshape: the number of elements must stay, got x [2, 3], to [2, 4]
 */
export function invalid(
  op: string,
  rule: string,
  got: Readonly<Record<string, Shown>>,
): RangeError {
  const shown = Object.entries(got).map(([name, value]) => `${name} ${show(value)}`);
  return new RangeError(`${op}: ${rule}, got ${shown.join(", ")}`);
}

function show(value: Shown): string {
  if (Array.isArray(value)) return `[${value.join(", ")}]`;
  if (typeof value !== "object")
    return typeof value === "string" ? JSON.stringify(value) : `${value}`;
  const { shape, dtype } = value as Signature;
  return `[${shape.join(", ")}]${dtype === "float32" ? "" : ` ${dtype}`}`;
}
