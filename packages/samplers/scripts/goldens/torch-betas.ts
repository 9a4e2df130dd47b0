const round = Math.fround;
/** Lanes of an AVX2 register. */
const LANES = 8;

/**
 * Betas with the float32 `linspace` of PyTorch before 2.0, on which the golden files were made: lanes of eight count from
 * their own first element. (2.0 and later, which core reproduces, count from the nearer end; a last place differs here and
 * there.) `undefined` for schedules without a linspace.
 */
export function torchBetas(config: Readonly<Record<string, unknown>>): number[] | undefined {
  const steps = (config.num_train_timesteps as number | undefined) ?? 1000;
  const start = config.beta_start as number;
  const end = config.beta_end as number;
  switch (config.beta_schedule) {
    case "linear":
      return linspace(start, end, steps);
    case "scaled_linear":
      return linspace(Math.sqrt(start), Math.sqrt(end), steps).map((root) => round(root * root));
    default:
      return undefined;
  }
}

function linspace(start: number, end: number, count: number): number[] {
  const [first, last] = [round(start), round(end)];
  const step = round(round(last - first) / (count - 1));
  return Array.from({ length: count }, (_, i) => {
    const lane = i % LANES;
    const base = i - lane;
    // A tail shorter than a register is counted one by one.
    if (base + LANES > count)
      return round(i < count >> 1 ? first + step * i : last - step * (count - 1 - i));
    const head = round(base < count >> 1 ? first + step * base : last - step * (count - 1 - base));
    return round(head + round(step * lane));
  });
}
