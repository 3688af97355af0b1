import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from './scripts/content-security-policy.ts';
import { serviceWorker } from './scripts/service-worker.ts';

const definitionFunctions = [
  'defineParameters',
  'describeEstimator',
  'defineEstimator',
  'describeDecisionRule',
  'defineDecisionRule',
  'defineAssignmentDesign',
  'defineEffect',
  'defineFlaw',
];

export default defineConfig({
  base: './',
  plugins: [svelte(), contentSecurityPolicy(), serviceWorker()],
  optimizeDeps: { include: ['comlink', 'highs', 'papaparse'] },
  build: {
    target: 'es2022',
    // The content security policy allows fonts and scripts from files only, so nothing becomes a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    // Definitions that a bundle only describes leave their computation out of it.
    rolldownOptions: { treeshake: { manualPureFunctions: definitionFunctions } },
  },
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/worker/[name]-[hash].js',
        chunkFileNames: ({ moduleIds }) =>
          `assets/worker/${moduleIds.some((id) => id.includes('@faker-js')) ? 'faker' : '[name]'}-[hash].js`,
      },
    },
  },
});
