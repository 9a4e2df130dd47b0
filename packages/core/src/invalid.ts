/**
 * The error for a bad argument: it names the function, the argument with the rule, and the value.
 *
 * @example throw invalid("ddim", "eta must lie in [0, 1]", eta) // RangeError: ddim: eta must lie in [0, 1], got 2
 */
export function invalid(where: string, rule: string, value: unknown): RangeError {
  return new RangeError(`${where}: ${rule}, got ${show(value)}`);
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return `the function ${value.name}`;
  if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    const list = Array.from(value as ArrayLike<unknown>);
    return `[${list.slice(0, 6).join(", ")}${list.length > 6 ? `, … ${list.length} in all` : ""}]`;
  }
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value).map(([key, entry]) => `${key}: ${show(entry)}`);
  return `{ ${entries.join(", ")} }`;
}
