/** A seed nobody chose. The only randomness of the page itself; from here on everything follows from the seed. */
export function freshSeed(): string {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String(number % 100_000_000);
}
