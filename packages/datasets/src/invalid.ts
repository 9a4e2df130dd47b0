/** The error for a bad argument: function, rule, value. Bad files are a `DatasetError`. */
export function invalid(where: string, rule: string, value: unknown): RangeError {
  const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
  return new RangeError(`${where}: ${rule}, got ${shown}`);
}
