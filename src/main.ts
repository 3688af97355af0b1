import { mount } from 'svelte';
import App from './App.svelte';
import './state/page-offers.svelte.ts';
import { startApp } from './state/run.svelte.ts';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './ui/start.css';

/** The other places are fetched in the meantime. */
const quietMs = 1_500;

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element #app');

// The workers start first; the page is drawn in the next task, while they do.
startApp();
setTimeout(() => {
  target.replaceChildren();
  mount(App, { target });
});

// Once the first result is on the screen and nothing else is to be done, the page is kept for when there is no network.
void firstResult().then(async () => {
  const { offline } = await import('./state/offline.svelte.ts');
  await offline.start();
});

async function firstResult(): Promise<void> {
  await new Promise<void>((resolve) => {
    const watch = new MutationObserver(() => {
      if (!['done', 'failed', 'cancelled'].includes(document.documentElement.dataset['run'] ?? '')) return;
      watch.disconnect();
      resolve();
    });
    watch.observe(document.documentElement, { attributeFilter: ['data-run'] });
  });
  await new Promise((resolve) => setTimeout(resolve, quietMs));
  await new Promise((resolve) => ('requestIdleCallback' in window ? requestIdleCallback(resolve) : setTimeout(resolve)));
}
