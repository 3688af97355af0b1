import type { Migration } from './migration.ts';

/** Links of version 1 say nothing of who made them: `w` had no meaning there. */
export const fromVersion1: Migration = {
  from: 1,
  parameters: (parameters) => Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== 'w')),
  presets: {},
  scenario: (scenario) => scenario,
};
