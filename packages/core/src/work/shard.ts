import { invalid } from "../invalid.ts";

/** One of `of` equal parts of a piece of work, counted from 0. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** Samples `first` … `first + count − 1`, by their numbers. */
export interface SampleRange {
  readonly first: number;
  readonly count: number;
}

/**
 * The samples of part `index` of `of`. The parts follow each other, cover `count` samples once, and differ by one sample (or one
 * `grain`) at most; of more parts than samples some are empty.
 *
 * @param grain every part but the last begins and ends at a multiple of it: what is summed in blocks of that many samples
 * (`scatterPart` of analysis) has the same bits however it is cut
 * @example shardOf(10, 1, 3) // { first: 3, count: 3 }
 */
export function shardOf(count: number, index: number, of: number, grain = 1): SampleRange {
  const fail = (rule: string, value: unknown): RangeError => invalid("shardOf", rule, value);
  if (!(Number.isSafeInteger(count) && count >= 0))
    throw fail("count must be a whole number, 0 or more", count);
  if (!(Number.isSafeInteger(of) && of >= 1))
    throw fail("of must be a whole number, 1 or more", of);
  if (!(Number.isSafeInteger(index) && index >= 0 && index < of))
    throw fail(`index must be a whole number from 0 to ${of - 1}`, index);
  if (!(Number.isSafeInteger(grain) && grain >= 1))
    throw fail("grain must be a whole number, 1 or more", grain);
  const blocks = Math.ceil(count / grain);
  // Not blocks · index / of, whose product may pass 2⁵³.
  const [whole, rest] = [Math.floor(blocks / of), blocks % of];
  const begin = (part: number): number =>
    Math.min(count, grain * (whole * part + Math.floor((rest * part) / of)));
  const first = begin(index);
  return { first, count: begin(index + 1) - first };
}

/** A shard as it is written: "2/7" is the third of seven. @throws RangeError for anything else */
export function parseShard(text: string): Shard {
  const [, index, of] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (!(shard.index < shard.of))
    throw invalid("parseShard", "a shard must be like 2/7: its number from 0, of how many", text);
  return shard;
}

/**
 * What ranges leave out of samples 0 … total − 1, in order. A range given twice counts once: a shard may have run twice.
 *
 * @throws RangeError for ranges that overlap without being the same, or lie beyond the total
 */
export function missingRanges(ranges: readonly SampleRange[], total: number): SampleRange[] {
  const sorted = [...ranges].sort((a, b) => a.first - b.first || a.count - b.count);
  const missing: SampleRange[] = [];
  let end = 0;
  let before: SampleRange | undefined;
  for (const range of sorted) {
    const { first, count } = range;
    const again = before?.first === first && before.count === count;
    if (again || count === 0) continue;
    if (first < end)
      throw invalid(
        "missingRanges",
        `ranges must not overlap; samples up to ${end - 1} are there`,
        range,
      );
    if (first + count > total)
      throw invalid("missingRanges", `ranges must end at ${total} or before`, range);
    if (first > end) missing.push({ first: end, count: first - end });
    end = first + count;
    before = range;
  }
  if (end < total) missing.push({ first: end, count: total - end });
  return missing;
}
