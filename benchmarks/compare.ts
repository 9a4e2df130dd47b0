/** One way to compute a number. */
export interface Contender {
  readonly name: string;
  /** Computes once; the time is the caller's, unless the contender knows its own. */
  run(): Promise<{ value: number; seconds?: number }>;
}

/**
 * Runs the contenders in turn, `rounds` times after one turn to warm up, and prints a line for each: median and fastest time, the
 * median over the first one's, and the value. In turn, so that a busy machine is busy for all of them.
 */
export async function compare(
  title: string,
  contenders: readonly Contender[],
  rounds: number,
): Promise<void> {
  const times = contenders.map((): number[] => []);
  const values = contenders.map(() => Number.NaN);
  for (let round = -1; round < rounds; round++)
    for (const [c, contender] of contenders.entries()) {
      const start = performance.now();
      const { value, seconds = (performance.now() - start) / 1000 } = await contender.run();
      if (round >= 0) times[c]!.push(seconds);
      values[c] = value;
    }
  const first = median(times[0]!);
  console.log(`\n${title} (${rounds} rounds, in turn)\n`);
  console.log("| contender | median s | fastest s | median / ours | value |");
  console.log("|---|---|---|---|---|");
  for (const [c, { name }] of contenders.entries()) {
    const middle = median(times[c]!);
    const cells = [middle, Math.min(...times[c]!), middle / first].map((x) => x.toPrecision(3));
    console.log(`| ${[name, ...cells, values[c]].join(" | ")} |`);
  }
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
