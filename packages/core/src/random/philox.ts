import { workspace } from "./workspace.ts";

/**
 * Philox 4×32-10: 128 bits of counter and 64 bits of key to 128 random bits, without state.
 *
 * Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3". Words are unsigned 32-bit, lowest first, as in
 * Random123; its published known-answer vectors are our tests.
 */
export function philox4x32(counter: ArrayLike<number>, key: ArrayLike<number>): Uint32Array {
  const { first, third, words, philox } = workspace();
  first[0] = counter[0]!;
  third[0] = counter[2]!;
  philox(1, counter[1]!, counter[3]!, key[0]!, key[1]!);
  return words.slice(0, 4);
}
