import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  visit,
  type Alias,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml';
import { InputError, inputError, type Issue } from '../../core/contracts/input-error.ts';
import { configurationLimits } from './configuration.ts';

/** A place in a YAML file. */
export type Place = { readonly file: string; readonly path: string; readonly line: number; readonly column: number };
/** A plain value; an empty mapping or list is one too. Dates are as written. */
export type Leaf = Place & { readonly kind: 'leaf'; readonly value: unknown };
export type Mapping = Place & { readonly kind: 'mapping'; readonly entries: ReadonlyMap<string, Tree> };
export type List = Place & { readonly kind: 'list'; readonly items: readonly Tree[] };
export type Tree = Leaf | Mapping | List;

/** How many more values may be read, over all files: an alias counts each time it is used. */
export type Allowance = { values: number };

type Parsed = { readonly ok: true; readonly tree: Tree } | { readonly ok: false; readonly issues: readonly Issue[] };

/** Reads one YAML 1.1 document, as PyYAML does, but for repeated keys, which are an error. Every issue has its line and column. */
export function parseYamlTree(file: string, text: string, allowance: Allowance): Parsed {
  const lines = new LineCounter();
  try {
    const documents = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
      version: '1.1',
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
      lineCounter: lines,
    });
    if (documents.length === 0 || !Array.isArray(documents))
      return { ok: true, tree: { kind: 'leaf', value: null, file, path: '', line: 1, column: 1 } };
    const issues = documents
      .flatMap(({ errors, warnings }) => [...errors, ...warnings])
      .map(({ message, pos }) => issueAt(file, '', placed(lines, pos[0]), told(message)));
    if (issues.length > 0) return { ok: false, issues: issues.slice(0, 20) };
    const [document] = documents;
    if (documents.length > 1)
      return {
        ok: false,
        issues: [issueAt(file, '', placed(lines, documents[1]!.range[0]), 'a second document starts here; keep one per file')],
      };
    return { ok: true, tree: new TreeReader(file, document as Document, lines, allowance).read(document!.contents, '', 0) };
  } catch (error) {
    if (error instanceof InputError) return { ok: false, issues: error.issues };
    if (error instanceof RangeError) return { ok: false, issues: [{ path: file, message: 'is nested too deeply to be read' }] };
    throw error;
  }
}

/** Owns what aliases stand for while the nodes of a document become a tree. */
class TreeReader {
  private readonly targets: ReadonlyMap<Alias, Node>;

  constructor(
    private readonly file: string,
    document: Document,
    private readonly lines: LineCounter,
    private readonly allowance: Allowance,
  ) {
    this.targets = aliasTargets(document);
  }

  read(node: Node | null, path: string, depth: number): Tree {
    const place = { file: this.file, path, ...placed(this.lines, node?.range?.[0] ?? 0) };
    this.allowance.values -= 1;
    if (this.allowance.values < 0)
      throw inputError(this.file, `there are more than ${configurationLimits.values} values, counting aliases each time they are used`);
    if (depth > configurationLimits.depth) throw new InputError([issueAt(this.file, path, place, 'is nested too deeply')]);
    if (isAlias(node)) return this.read(this.resolved(node, place), path, depth + 1);
    if (isMap(node) && node.items.length > 0) return { ...place, kind: 'mapping', entries: this.entries(node, path, depth) };
    if (isSeq(node) && node.items.length > 0)
      return {
        ...place,
        kind: 'list',
        items: node.items.map((item, i) => this.read(item as Node | null, joined(path, String(i)), depth + 1)),
      };
    return {
      ...place,
      kind: 'leaf',
      value: isMap(node) ? {} : isSeq(node) ? [] : isScalar(node) ? plainValue(node.value, node.source) : null,
    };
  }

  private resolved(alias: Alias, place: Omit<Place, 'file'>): Node {
    const node = this.targets.get(alias);
    if (node === undefined) throw new InputError([issueAt(this.file, place.path, place, `there is no anchor '${alias.source}' before it`)]);
    return node;
  }

  /** Own keys first, then those merged in by `<<` that are not there yet. */
  private entries(map: YAMLMap, path: string, depth: number): ReadonlyMap<string, Tree> {
    const entries = new Map<string, Tree>();
    const merged: Node[] = [];
    for (const { key, value } of map.items) {
      const name = this.keyName(key as Node | null, path);
      if (name === null) merged.push(value as Node);
      else if (entries.has(name))
        throw new InputError([issueAt(this.file, joined(path, name), placed(this.lines, (key as Node).range?.[0] ?? 0), 'is there twice')]);
      else entries.set(name, this.read(value as Node | null, joined(path, name), depth + 1));
    }
    for (const node of merged) this.merge(entries, node, path, depth);
    return entries;
  }

  private merge(entries: Map<string, Tree>, node: Node, path: string, depth: number): void {
    const place = { path, ...placed(this.lines, node.range?.[0] ?? 0) };
    const source = isAlias(node) ? this.resolved(node, place) : node;
    if (depth > configurationLimits.depth) throw new InputError([issueAt(this.file, path, place, 'is nested too deeply')]);
    if (isSeq(source)) for (const item of source.items) this.merge(entries, item as Node, path, depth + 1);
    else if (isMap(source)) {
      for (const [name, tree] of this.entries(source, path, depth + 1)) if (!entries.has(name)) entries.set(name, tree);
    } else throw new InputError([issueAt(this.file, joined(path, '<<'), place, 'can merge a mapping only')]);
  }

  /** The name of a key; null for the merge key. */
  private keyName(key: Node | null, path: string): string | null {
    const scalar = isAlias(key) ? this.targets.get(key) : key;
    if (!isScalar(scalar))
      throw new InputError([issueAt(this.file, path, placed(this.lines, key?.range?.[0] ?? 0), 'a key must be a plain name')]);
    if (typeof scalar.value === 'symbol') return null;
    const { value, source } = scalar;
    return typeof value === 'string' ? value : (source ?? String(value));
  }
}

/** What each alias stands for: the last anchor of its name before it. Found in one walk. */
function aliasTargets(document: Document): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** Dates as written; what no scenario could hold is named. */
function plainValue(value: unknown, source: string | undefined): unknown {
  if (value instanceof Date) return /^\d{4}-\d{2}-\d{2}$/.test(source ?? '') ? source : value.toISOString();
  if (value instanceof Uint8Array) return '(binary)';
  return typeof value === 'bigint' ? Number(value) : (value ?? null);
}

export function issueAt(
  file: string,
  path: string,
  at: { readonly line: number; readonly column: number },
  message: string,
  value?: unknown,
): Issue {
  const where = path === '' ? file : `${file}: ${path}`;
  return { path: where, message: `${message} (line ${at.line}, column ${at.column})`, ...(value === undefined ? {} : { value }) };
}

function placed(lines: LineCounter, offset: number): { readonly line: number; readonly column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function joined(path: string, key: string): string {
  const shown = key.length > 80 ? `${key.slice(0, 79)}\u2026` : key;
  return path === '' ? shown : `${path}.${shown}`;
}

/** The first line of what the parser says; that it ran out of room is said plainly. */
function told(message: string): string {
  return message.startsWith('Maximum call stack') ? 'is nested too deeply' : (message.split('\n')[0] as string);
}
