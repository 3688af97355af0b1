import type { Issue } from '../../core/contracts/input-error.ts';
import { configurationLimits } from './configuration.ts';
import { fieldsOf, has } from './tree-fields.ts';
import { parseYamlTree, type Tree } from './yaml-tree.ts';

/** What a file configures, as its keys tell. */
export type Kind = 'problem' | 'stage' | 'allocation' | 'measurement' | 'simulation' | 'enrichment' | 'review' | 'other';
export type Source = { readonly file: string; readonly kind: Kind; readonly tree: Tree };

type Sources = { readonly ok: true; readonly sources: readonly Source[] } | { readonly ok: false; readonly issues: readonly Issue[] };

const extension = /\.(ya?ml|json)$/i;

/** Reads every YAML (or JSON) file, within bounds that are checked before anything is parsed. Other files are left alone. */
export function readSources(files: ReadonlyMap<string, string>): Sources {
  const texts = [...files].filter(([file]) => extension.test(file));
  const issues = boundIssues(texts);
  if (issues.length > 0) return { ok: false, issues };
  const allowance = { values: configurationLimits.values };
  const sources: Source[] = [];
  for (const [name, text] of texts) {
    const file = normalPath(name);
    const parsed = parseYamlTree(file, text, allowance);
    if (!parsed.ok) issues.push(...parsed.issues);
    else sources.push({ file, kind: kindOf(parsed.tree), tree: parsed.tree });
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, sources };
}

function boundIssues(texts: readonly (readonly [string, string])[]): Issue[] {
  const { files, fileCharacters, marks } = configurationLimits;
  if (texts.length === 0) return [{ path: '', message: 'there is no YAML file (.yaml, .yml or .json) among these' }];
  if (texts.length > files) return [{ path: '', message: `there are ${texts.length} configurations; at most ${files} are read at once` }];
  const long = texts.filter(([, text]) => text.length > fileCharacters);
  if (long.length > 0)
    return long.map(([path, text]) => ({ path, message: `is ${text.length} characters long; at most ${fileCharacters} are read` }));
  let left: number = marks;
  for (const [path, text] of texts) {
    left -= marksIn(text);
    if (left < 0)
      return [{ path, message: 'is far longer than configurations are, alone or with those before it; give those of one problem' }];
  }
  return [];
}

/** Line ends, separators and quotes outside of whole lines of comment: each costs the parser time. */
function marksIn(text: string): number {
  return (text.replaceAll(/^[ \t]*#.*$/gm, '').match(/[\n\r,:[\]{}&*?!|>"'\t]|- /g) ?? []).length;
}

function kindOf(tree: Tree): Kind {
  if (has(tree, 'INITIATIVES')) return 'problem';
  if (has(tree, 'component')) return 'stage';
  if (has(tree, 'allocation') || (has(tree, 'budget') && has(tree, 'costs'))) return 'allocation';
  if (has(tree, 'MEASUREMENT') || has(tree, 'DATA')) return 'measurement';
  if (has(tree, 'RULE', 'SYNTHESIZER', 'PRODUCTS', 'CHARACTERISTICS', 'METRICS', 'PRODUCT_DETAILS')) return 'simulation';
  if (has(tree, 'IMPACT')) return 'enrichment';
  return has(tree, 'backend') && fieldsOf(tree).length === 1 ? 'review' : 'other';
}

/** The path without `.` and `..`, whatever its slashes. What climbs out of the files given ends at their root. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

export function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
}

/** The name of a file without its folders and ending; a number in brackets that a copy got is no part of it. */
export function baseName(file: string): string {
  return file
    .slice(file.lastIndexOf('/') + 1)
    .replace(extension, '')
    .replace(/ \(\d+\)$/, '');
}

/** The file that `from` refers to by a path: there, or else the only one of that kind and name anywhere (files picked one by one have no folders). */
export function referred(sources: readonly Source[], from: string, path: string, kinds: readonly Kind[]): Source | undefined {
  const candidates = sources.filter(({ kind }) => kinds.includes(kind));
  const there = normalPath(`${folderOf(from)}/${path}`);
  const exact = candidates.find(({ file }) => file === there);
  if (exact !== undefined) return exact;
  const alike = candidates.filter(({ file }) => baseName(file) === baseName(normalPath(path)));
  return alike.length === 1 ? alike[0] : undefined;
}
