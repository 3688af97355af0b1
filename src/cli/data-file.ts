import { openAsBlob, statSync } from 'node:fs';
import { inputError } from '../core/contracts/input-error.ts';

/** A data file, to be read piece by piece. @throws InputError where it cannot be read */
export async function openDataFile(path: string): Promise<Blob> {
  try {
    if (statSync(path).isDirectory()) throw new Error('it is a folder');
    return await openAsBlob(path);
  } catch (error) {
    throw inputError(path, `cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
}
