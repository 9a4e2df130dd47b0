/** One way to compute a number. */
export interface Contender {
  readonly name: string;
  /** Computes once; the times are the caller's, unless the contender knows its own. */
  run(): Promise<{ value: number; seconds?: number; processor?: number }>;
}

/** Of one contender's rounds, seconds. */
export interface Timing {
  readonly name: string;
  readonly median: number;
  readonly fastest: number;
  /** Median of the processor time, all threads together: what is left to compare on a machine with other work. */
  readonly processor: number;
  readonly value: number;
}

/** Runs the contenders in turn, so that a busy machine is busy for all of them, `rounds` times after one turn to warm up. */
export async function race(contenders: readonly Contender[], rounds: number): Promise<Timing[]> {
  const times = contenders.map((): number[] => []);
  const processors = contenders.map((): number[] => []);
  const values = contenders.map(() => Number.NaN);
  for (let round = -1; round < rounds; round++)
    for (const [c, contender] of contenders.entries()) {
      const [start, used] = [performance.now(), process.cpuUsage()];
      const { value, ...own } = await contender.run();
      const { seconds = (performance.now() - start) / 1000 } = own;
      const { user, system } = process.cpuUsage(used);
      if (round >= 0) {
        times[c]!.push(seconds);
        processors[c]!.push(own.processor ?? (user + system) / 1e6);
      }
      values[c] = value;
    }
  return contenders.map(({ name }, c) => ({
    name,
    median: median(times[c]!),
    fastest: Math.min(...times[c]!),
    processor: median(processors[c]!),
    value: values[c]!,
  }));
}

/**
 * A {@link race} with a line for each contender: median and fastest time, the median over the first one's, the same for the processor's
 * time, and the value.
 */
export async function compare(
  title: string,
  contenders: readonly Contender[],
  rounds: number,
): Promise<void> {
  const timings = await race(contenders, rounds);
  const first = timings[0]!;
  console.log(`\n${title} (${rounds} rounds, in turn)\n`);
  console.log("| contender | median s | fastest s | / ours | processor s | / ours | value |");
  console.log("|---|---|---|---|---|---|---|");
  for (const { name, median, fastest, processor, value } of timings) {
    const ratios = [processor, processor / first.processor];
    const cells = [median, fastest, median / first.median, ...ratios].map((x) => x.toPrecision(3));
    console.log(`| ${[name, ...cells, value].join(" | ")} |`);
  }
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
