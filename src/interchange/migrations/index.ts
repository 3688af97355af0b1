import { fromVersion1 } from './from-1.ts';
import type { Migrations } from './migration.ts';

/** From every released version of links to the next. */
export const migrations: Migrations = [fromVersion1];
