import { untrack } from 'svelte';

/**
 * Keeps the height that an element has when something begins to be dragged, until it is let go: what lies below stays where the
 * hand is. What does not fit is cut off for as long.
 */
export function holdStill(element: () => HTMLElement | undefined, isHeld: () => boolean): void {
  // Before the page is changed: the height is that of before the first preview.
  $effect.pre(() => {
    const held = isHeld();
    const box = untrack(element);
    if (box === undefined) return;
    box.style.height = held ? `${box.getBoundingClientRect().height}px` : '';
    box.style.overflowY = held ? 'clip' : '';
  });
}

/**
 * Keeps the page as long as it is meanwhile: one that shrinks below the hand is scrolled, and the hand is elsewhere. Nor may the
 * browser scroll along with words that move inside a box that is held.
 */
export function holdScroll(isHeld: () => boolean): void {
  const { style } = document.body;
  $effect.pre(() => {
    const held = isHeld();
    style.minHeight = held ? `${document.documentElement.scrollHeight}px` : '';
    style.setProperty('overflow-anchor', held ? 'none' : '');
  });
  $effect(() => () => {
    style.minHeight = '';
    style.setProperty('overflow-anchor', '');
  });
}
