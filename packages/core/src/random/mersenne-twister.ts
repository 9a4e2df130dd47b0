const SIZE = 624;
const SHIFT = 397;

/**
 * MT19937 (Matsumoto & Nishimura 1998): a function that returns the next unsigned 32-bit word.
 *
 * Seeded by `init_genrand`, as PyTorch's CPU generator; only the seed's low 32 bits count.
 */
export function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(SIZE);
  state[0] = seed;
  for (let i = 1; i < SIZE; i++) {
    const previous = state[i - 1]!;
    state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
  }
  let position = SIZE;
  return () => {
    if (position === SIZE) {
      refill(state);
      position = 0;
    }
    let word = state[position++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  };
}

function refill(state: Uint32Array): void {
  for (let i = 0; i < SIZE; i++) {
    const mixed = (state[i]! & 0x80000000) | (state[(i + 1) % SIZE]! & 0x7fffffff);
    const twist = mixed & 1 ? 0x9908b0df : 0;
    state[i] = state[(i + SHIFT) % SIZE]! ^ (mixed >>> 1) ^ twist;
  }
}
