const stateSize = 624;
const shiftSize = 397;
const upperMask = 0x80000000;
const lowerMask = 0x7fffffff;
const twist = 0x9908b0df;

/**
 * Uniforms in [0, 1) with 53 random bits from MT19937 seeded by the one-word array [seed], as Python's `random.Random(seed)`
 * gives for 0 <= seed < 2^32. Matsumoto and Nishimura (1998), doi:10.1145/272991.272995.
 */
export function mersenneTwister(seed: number): () => number {
  const state = seededByArray(seed);
  let index = stateSize;

  function word(): number {
    if (index === stateSize) {
      renew(state);
      index = 0;
    }
    let y = state[index] as number;
    index += 1;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  return () => {
    const high = word() >>> 5;
    const low = word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  };
}

function seededByArray(key: number): Uint32Array {
  const state = seededByWord(19650218);
  let i = 1;
  const at = (k: number) => state[k] as number;
  for (let k = stateSize; k > 0; k -= 1) {
    state[i] = (at(i) ^ Math.imul(at(i - 1) ^ (at(i - 1) >>> 30), 1664525)) + key;
    i += 1;
    if (i === stateSize) {
      state[0] = at(stateSize - 1);
      i = 1;
    }
  }
  for (let k = stateSize - 1; k > 0; k -= 1) {
    state[i] = (at(i) ^ Math.imul(at(i - 1) ^ (at(i - 1) >>> 30), 1566083941)) - i;
    i += 1;
    if (i === stateSize) {
      state[0] = at(stateSize - 1);
      i = 1;
    }
  }
  state[0] = upperMask;
  return state;
}

function seededByWord(seed: number): Uint32Array {
  const state = new Uint32Array(stateSize);
  state[0] = seed;
  for (let i = 1; i < stateSize; i += 1) {
    const previous = state[i - 1] as number;
    state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
  }
  return state;
}

function renew(state: Uint32Array): void {
  for (let k = 0; k < stateSize; k += 1) {
    const y = ((state[k] as number) & upperMask) | ((state[(k + 1) % stateSize] as number) & lowerMask);
    state[k] = (state[(k + shiftSize) % stateSize] as number) ^ (y >>> 1) ^ (y & 1 ? twist : 0);
  }
}
