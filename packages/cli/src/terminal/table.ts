/** Rows as aligned text: the first column to the left, the rest to the right unless told otherwise. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  left: readonly number[] = [0],
): string {
  const all = header.length > 0 ? [header, ...rows] : rows;
  const widths = (all[0] ?? []).map((_, c) => Math.max(...all.map((row) => row[c]?.length ?? 0)));
  const lines = all.map((row) =>
    row
      .map((cell, c) => (left.includes(c) ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)))
      .join("   ")
      .trimEnd(),
  );
  if (header.length > 0) lines.splice(1, 0, widths.map((width) => "─".repeat(width)).join("   "));
  return `${lines.join("\n")}\n`;
}
