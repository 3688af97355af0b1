/**
 * Keeps the points (one number per column) that no earlier point reaches in every column. Offered in order of cost these are the
 * portfolios that can be the best for some budget and some benchmarks. `front` are those that no later one reaches either. `comparisons` so far is
 * what it has cost.
 */
export function undominated(columns: readonly [Float64Array, Float64Array, Float64Array]): { readonly offer: (mask: number) => boolean; readonly kept: readonly number[]; readonly front: readonly number[]; readonly comparisons: () => number } {
  const [first, second, third] = columns;
  const kept: number[] = [];
  // Points that a later one reaches cannot reach what that one does not, so the newer alone is compared with.
  const front: number[] = [];
  let compared = 0;
  const offer = (mask: number): boolean => {
    const [a, b, c] = [first[mask] as number, second[mask] as number, third[mask] as number];
    for (let k = 0; k < front.length; k += 1) {
      const rival = front[k] as number;
      if ((first[rival] as number) < a || (second[rival] as number) < b || (third[rival] as number) < c) continue;
      // Those that reach much are tried first the next time.
      if (k > 0) [front[k - 1], front[k]] = [rival, front[k - 1] as number];
      compared += k + 1;
      return false;
    }
    compared += 2 * front.length;
    let length = 0;
    for (const rival of front) {
      if ((first[rival] as number) <= a && (second[rival] as number) <= b && (third[rival] as number) <= c) continue;
      front[length] = rival;
      length += 1;
    }
    front.length = length;
    front.push(mask);
    kept.push(mask);
    return true;
  };
  return { offer, kept, front, comparisons: () => compared };
}
