/** What data-parallel workers share: the barrier's counters, and a vector for each of them to lay its gradients in. */
export interface Shared {
  readonly shards: number;
  /** How many have arrived, how often all have, and whether one has failed. */
  readonly barrier: Int32Array<SharedArrayBuffer>;
  /** By name, [shards, size]. */
  readonly vectors: Readonly<Record<string, Float32Array<SharedArrayBuffer>>>;
}

const ABANDONED = "another data-parallel worker failed";
const [ARRIVED, ROUND, FAILED] = [0, 1, 2] as const;

export function createShared(shards: number, sizes: Readonly<Record<string, number>>): Shared {
  const vectors = Object.entries(sizes).map(([name, size]) => {
    const bytes = Float32Array.BYTES_PER_ELEMENT * shards * size;
    return [name, new Float32Array(new SharedArrayBuffer(bytes))];
  });
  const barrier = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  return { shards, barrier, vectors: Object.fromEntries(vectors) };
}

/**
 * The mean of what all workers bring under this name: the same in each of them to the last bit, since they add in the
 * same order. Waits for the slowest.
 */
export function average(
  { shards, barrier, vectors }: Shared,
  rank: number,
  name: string,
  values: Float32Array,
): Float32Array {
  const all = vectors[name]!;
  const size = values.length;
  all.set(values, rank * size);
  arrive(barrier, shards);
  const mean = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let k = 0; k < shards; k++) sum += all[k * size + i]!;
    mean[i] = sum / shards;
  }
  return mean;
}

/** Waits until everyone is here. Nobody comes back before all have read: the main thread waits for all between steps. */
function arrive(barrier: Int32Array<SharedArrayBuffer>, shards: number): void {
  const round = Atomics.load(barrier, ROUND);
  // Whoever failed before this line is seen here, and whoever fails after it changes the round.
  check(barrier);
  if (Atomics.add(barrier, ARRIVED, 1) === shards - 1) {
    Atomics.store(barrier, ARRIVED, 0);
    Atomics.add(barrier, ROUND, 1);
    Atomics.notify(barrier, ROUND);
  } else Atomics.wait(barrier, ROUND, round);
  check(barrier);
}

function check(barrier: Int32Array<SharedArrayBuffer>): void {
  if (Atomics.load(barrier, FAILED)) throw new Error(ABANDONED);
}

/** Lets the others go with an error, when one will not arrive. */
export function abandon({ barrier }: Shared): void {
  Atomics.store(barrier, FAILED, 1);
  Atomics.add(barrier, ROUND, 1);
  Atomics.notify(barrier, ROUND);
}

/** Whether an error only says that another worker had one. */
export function isAbandoned(error: unknown): boolean {
  return error instanceof Error && error.message === ABANDONED;
}
