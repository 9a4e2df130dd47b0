import { dealt } from "./dealt.ts";
import type { Shard } from "./shard.ts";

/**
 * The shards that share a piece of work, and which of them this process is. A piece is cut among them into smaller ones, down to parts
 * that one of them makes alone; nothing that is made depends on how many they are.
 */
export interface Team {
  /** Their numbers among all shards. */
  readonly shards: readonly number[];
  /** This one; null of none, which makes nothing and gathers what the others have made. */
  readonly own: number | null;
  /** What each of them needs, so that all of them make all of it; those that share a store begin at different places. */
  readonly together?: boolean;
}

/** A shard among all of them. */
export function teamOf({ index, of }: Shard): Team {
  return { own: index, shards: Array.from({ length: of }, (_, k) => k) };
}

/** Whoever gathers what `of` shards have made. */
export function gathering(of: number): Team {
  return { ...teamOf({ index: 0, of }), own: null };
}

/** The team for work that each of them needs. Whoever gathers still makes none of it. */
export function together(team: Team | undefined): Team | undefined {
  return team && { ...team, together: true };
}

/** The same team, dealt to from another shard on: not every piece of work shall begin with the first. */
export function turned(team: Team | undefined, by: number): Team | undefined {
  if (team === undefined) return undefined;
  const at = by % team.shards.length;
  return { ...team, shards: [...team.shards.slice(at), ...team.shards.slice(0, at)] };
}

/** Whether a part that cannot be cut is made here. */
export function makes(team: Team | undefined): boolean {
  if (team === undefined) return true;
  return team.own !== null && (team.together === true || team.own === team.shards[0]);
}

/** Whose part it is: of one that all make, nobody's who has not made it. */
export function makersOf({ shards, together: all }: Team): readonly number[] {
  return all ? shards : shards.slice(0, 1);
}

/** The end of a shard, whose own parts are made; or of a merge, for which these shards' parts are missing. */
export class PartsElsewhere extends Error {
  /** Whose parts they are, ascending. */
  readonly shards: readonly number[];
  /** @param what those parts are, in words */
  constructor(shards: Iterable<number>, what: string = "parts") {
    super(what);
    this.name = "PartsElsewhere";
    this.shards = [...new Set(shards)].sort((a, b) => a - b);
  }
}

/**
 * The values of all tasks, one after the other. Parts that are elsewhere do not keep the others from being made: they are told of in the
 * end, together.
 *
 * @throws PartsElsewhere
 */
export async function allParts<Values extends readonly unknown[]>(
  tasks: {
    readonly [Task in keyof Values]: () => Promise<Values[Task]>;
  },
): Promise<Values> {
  const elsewhere: number[] = [];
  const values: unknown[] = [];
  for (const task of tasks)
    try {
      values.push(await task());
    } catch (error) {
      if (!(error instanceof PartsElsewhere)) throw error;
      elsewhere.push(...error.shards);
    }
  if (elsewhere.length > 0) throw new PartsElsewhere(elsewhere);
  return values as unknown as Values;
}

/** How pieces of work are dealt to a team. */
export interface Dealing<Piece> {
  /** What a piece costs each of so many that share it; default 1 by their number. */
  readonly cost?: (piece: Piece, sharers: number) => number;
  /** Told what the pieces that this shard has a part in will cost it. */
  readonly expect?: (cost: number) => void;
}

/**
 * The values of pieces of work, dealt to a team; each is made by those that it falls to, which are a smaller team. Without a team all
 * are made here, one after the other.
 *
 * @throws PartsElsewhere where some fall to others, once the own ones are made
 */
export async function eachPart<Piece, Value>(
  team: Team | undefined,
  pieces: readonly Piece[],
  make: (piece: Piece, team: Team | undefined) => Promise<Value>,
  { cost = (_, sharers) => 1 / sharers, expect }: Dealing<Piece> = {},
): Promise<Value[]> {
  const { own, together: all, shards } = team ?? { own: 0, together: true, shards: [0] };
  const workers = all
    ? pieces.map(() => shards.map((_, k) => k))
    : dealt(pieces.length, shards.length, (k, sharers) => cost(pieces[k]!, sharers));
  const teams = workers.map((members) => members.map((k) => shards[k]!));
  const mine = pieces.map((_, k) => own === null || teams[k]!.includes(own));
  expect?.(
    pieces.reduce(
      (sum, piece, k) => sum + (mine[k] ? cost(piece, all ? 1 : teams[k]!.length) : 0),
      0,
    ),
  );
  // Those that make the same begin at different places and find in the store what the others have made.
  const offset = all && own !== null ? shards.indexOf(own) / shards.length : 0;
  const first = Math.floor(offset * pieces.length);
  const order = pieces.map((_, k) => (first + k) % pieces.length);
  const values = await allParts<Value[]>(
    order.map((k) => async () => {
      if (!mine[k]) throw new PartsElsewhere(teams[k]!);
      return make(pieces[k]!, team && { ...team, shards: teams[k]! });
    }),
  );
  return pieces.map((_, k) => values[(k - first + pieces.length) % pieces.length]!);
}
