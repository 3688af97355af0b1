import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../reference/configuration/', import.meta.url));

/** The configurations of a reference folder, by path below it. */
export function referenceFiles(name: string): ReadonlyMap<string, string> {
  const paths = readdirSync(`${folder}${name}`, { recursive: true, encoding: 'utf8' }).filter((path) => /\.ya?ml$/.test(path));
  return new Map(paths.sort().map((path) => [path, readFileSync(`${folder}${name}/${path}`, 'utf8')]));
}
