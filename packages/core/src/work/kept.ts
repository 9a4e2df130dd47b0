import { canonicalJson } from "../json/canonical-json.ts";
import { packed, unpacked } from "../json/packed.ts";
import { type SampleRange, shardOf } from "./shard.ts";
import type { Store } from "./store.ts";
import { eachPart, makersOf, makes, PartsElsewhere, type Team } from "./team.ts";

/** How a part is made. */
export interface Keeping<Value> {
  /** Whose part it is; without a team it is made here. */
  readonly team?: Team | undefined;
  /** Told of a value that was there already. */
  readonly found?: ((value: Value) => void) | undefined;
}

/**
 * The value of a protocol: as it was kept, or made now and kept where there is a store. Plain values, typed arrays and numbers that are
 * not finite come back as they were. What is made and what was kept are the same, their keys in one order, so that a run that was interrupted
 * ends with the bytes of one that was not.
 *
 * @throws PartsElsewhere where it is not there and another shard's to make
 */
export async function kept<Value>(
  store: Store | undefined,
  protocol: unknown,
  make: () => Value | Promise<Value>,
  { team, found }: Keeping<Value> = {},
): Promise<Value> {
  const before = await store?.get(protocol);
  if (before !== undefined) {
    const value = unpacked(before) as Value;
    found?.(value);
    return value;
  }
  if (!makes(team)) throw new PartsElsewhere(makersOf(team!));
  const value: unknown = JSON.parse(canonicalJson(packed(await make())));
  await store?.set(protocol, value);
  return unpacked(value) as Value;
}

/** How samples are cut into blocks, and put together again. */
export interface Blocks<Block, Value> {
  /** How many samples there are. */
  readonly count: number;
  /** Samples in one block: part of the protocol, whoever makes the blocks and however many are at it. */
  readonly grain: number;
  /** What is made of the samples first, …, first + count − 1, counted from 0. */
  readonly make: (range: SampleRange) => Promise<Block>;
  /** The value from all blocks, in order. */
  readonly join: (blocks: readonly Block[]) => Value | Promise<Value>;
  /** Whether the value is kept beside its blocks; default true. */
  readonly whole?: boolean;
  readonly team?: Team | undefined;
  /** Told how many samples fall to this shard. */
  readonly expect?: ((samples: number) => void) | undefined;
  /** Told of so many samples that were made already. */
  readonly found?: ((samples: number) => void) | undefined;
}

/**
 * {@link kept} of a value that is made from blocks of samples, each a part of its own: an interrupted piece of work loses one block at most,
 * and shards share the blocks. Whoever has all blocks makes the value of them.
 */
export async function keptInBlocks<Block, Value>(
  store: Store | undefined,
  protocol: Readonly<Record<string, unknown>>,
  { count, grain, make, join, whole = true, team, expect, found }: Blocks<Block, Value>,
): Promise<Value> {
  const number = Math.ceil(count / grain);
  const ranges = Array.from({ length: number }, (_, k) => shardOf(count, k, number, grain));
  const blockOf = (range: SampleRange, team: Team | undefined) => {
    const protocolOf = { ...protocol, block: range };
    return kept(store, protocolOf, () => make(range), { team, found: () => found?.(range.count) });
  };
  const assemble = async () => {
    const cost = ({ count }: SampleRange, sharers: number) => count / sharers;
    return join(await eachPart(team, ranges, blockOf, { cost, ...(expect && { expect }) }));
  };
  if (!whole) return assemble();
  const [first, ...others] = ranges;
  const there = () => found?.(count);
  // A value of one block is the part itself.
  return first !== undefined && others.length === 0
    ? kept(store, protocol, async () => join([await make(first)]), { team, found: there })
    : kept(store, protocol, assemble, { found: there });
}
