/** A linear map from data to pixels. */
export interface Scale {
  (value: number): number;
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  /** From pixels back to data. */
  invert(pixel: number): number;
}

/** The line through (domain[0], range[0]) and (domain[1], range[1]). */
export function linearScale(
  domain: readonly [number, number],
  range: readonly [number, number],
): Scale {
  const slope = (range[1] - range[0]) / (domain[1] - domain[0]);
  const scale = (value: number): number => range[0] + (value - domain[0]) * slope;
  return Object.assign(scale, {
    domain,
    range,
    invert: (pixel: number) => domain[0] + (pixel - range[0]) / slope,
  });
}

/** About `count` round numbers within a domain: steps of 1, 2 or 5 times a power of ten. */
export function ticks([from, to]: readonly [number, number], count: number): number[] {
  const [low, high] = from < to ? [from, to] : [to, from];
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}
