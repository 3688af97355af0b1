/** A chart is laid out for the width it gets, not scaled to it. */
export type Breadth = 'narrow' | 'medium' | 'wide';

export type TypeScale = { readonly strong: number; readonly text: number; readonly small: number; readonly line: number };

export function breadthOf(width: number): Breadth {
  return width < 520 ? 'narrow' : width < 1040 ? 'medium' : 'wide';
}

export function typeScale(breadth: Breadth): TypeScale {
  return breadth === 'wide' ? { strong: 18, text: 16, small: 15, line: 20 } : { strong: 15, text: 14, small: 13, line: 17 };
}

/** Half the height of a point mark. */
export function markSize(breadth: Breadth): number {
  return breadth === 'wide' ? 7 : 5.5;
}

/** What jsdom and a hidden panel have instead of a width. */
export const fallbackWidth = 640;
