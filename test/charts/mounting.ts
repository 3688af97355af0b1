import { flushSync, mount, unmount, type Component } from 'svelte';

export type Mounted = { readonly target: HTMLElement; readonly close: () => void };

/** Mounts a component as a browser would in a box of this width; jsdom itself has no layout. */
export function open<Props extends Record<string, unknown>>(component: Component<Props>, props: Props, width = 640): Mounted {
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => width });
  const target = document.createElement('div');
  document.body.append(target);
  const instance = mount(component, { target, props });
  flushSync();
  return {
    target,
    close: () => {
      void unmount(instance);
      target.remove();
      delete (HTMLElement.prototype as { clientWidth?: number }).clientWidth;
    },
  };
}

export function press(node: Element, key: string): void {
  node.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  flushSync();
}

export function click(node: Element): void {
  node.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  flushSync();
}

export function readout(target: Element): string {
  return target.querySelector('.readout')!.textContent.replaceAll(/\s+/g, ' ').trim();
}
