export const engineFamilies = ['chromium', 'firefox', 'webkit', 'node', 'other'] as const;
export type EngineFamily = (typeof engineFamilies)[number];

/** What computed: the family of a browser's engine and its major version; 0 where that is not known. */
export type Engine = { readonly family: EngineFamily; readonly major: number };

const signs: readonly (readonly [EngineFamily, RegExp])[] = [
  ['firefox', /Firefox\/(\d{1,4})/],
  ['chromium', /Chrom(?:e|ium)\/(\d{1,4})/],
  ['webkit', /Version\/(\d{1,4}).*Safari\//],
  ['node', /Node\.js\/(\d{1,4})/],
];

/** The engine that a browser's user agent string names. */
export function engineOf(userAgent: string): Engine {
  for (const [family, sign] of signs) {
    const found = sign.exec(userAgent);
    if (found !== null) return { family, major: Number(found[1]) };
  }
  return { family: 'other', major: 0 };
}
