/** What a program says that it prints: for each `console.log` at the margin, the comment that follows it. */
export function promised(program: string): (string | undefined)[] {
  const lines = program.split("\n");
  const found: (string | undefined)[] = [];
  for (let i = 0; i < lines.length; i++) {
    if (!lines[i]!.startsWith("console.log(")) continue;
    while (!/\);(\s*\/\/.*)?$/.test(lines[i]!)) i++;
    const said = [lines[i]!.match(/\);\s*\/\/\s*(.*)$/)?.[1] ?? ""];
    while (/^\/\/ /.test(lines[i + 1] ?? "")) said.push(lines[++i]!.slice(3));
    found.push(said.join(" ").trim() || undefined);
  }
  return found;
}

/** Whether what was printed is what was promised: blanks are one, and "…" stands for anything. */
export function keeps(printed: string, promise: string): boolean {
  const plain = (text: string) => text.replace(/\s+/g, " ").trim();
  const pattern = plain(promise)
    .split("…")
    .map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("[^]*");
  return new RegExp(`^${pattern}$`).test(plain(printed));
}
