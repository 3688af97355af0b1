import { deflateRawSync } from 'node:zlib';
import { presets } from '../../src/core/scenario/presets/index.ts';
import { diff } from '../../src/interchange/patch.ts';
import { generator, type Random } from './generator.ts';

/** What somebody may put after the # of an address, or into a file that is to be a scenario; `kind` names the attack. */
export type HostileLink = { readonly kind: string; readonly hash: string };
export type HostileFile = { readonly kind: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** The same links for the same seed. */
export function* hostileLinks(seed: number, count: number): Generator<HostileLink> {
  const kinds = Object.keys(linkKinds);
  for (let i = 0; i < count; i += 1) {
    const random = generator(seed * 1_000_003 + i);
    const kind = kinds[i % kinds.length] ?? '';
    yield { kind, hash: `#${linkKinds[kind]?.(random) ?? ''}` };
  }
}

/** The same files for the same seed. */
export function* hostileFiles(seed: number, count: number): Generator<HostileFile> {
  const kinds = Object.keys(fileKinds);
  for (let i = 0; i < count; i += 1) {
    const random = generator(seed * 999_983 + i);
    const kind = kinds[i % kinds.length] ?? '';
    yield { kind, bytes: Uint8Array.from(Buffer.from(fileKinds[kind]?.(random) ?? '')) };
  }
}

/** Texts that harm whoever takes them for markup, code, a path, a formula or a name of an object's own. */
const texts = [
  '<img src=x onerror="window.harmed=1">',
  '<script>window.harmed=1</script>',
  '"><svg onload=window.harmed=1>',
  '{@html "<b>x</b>"}',
  'javascript:window.harmed=1',
  '=cmd|calc',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '\u0000',
  '\u202egnp.exe',
  '\u200b\ufeff',
  'e\u0301'.repeat(50),
  '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}',
  '%00%0d%0a',
  '${window.harmed=1}',
  ' ',
  '',
  'ö'.repeat(100),
] as const;

/** JSON as it is written, so that it can hold what no value can. */
const fragments: readonly ((random: Random) => string)[] = [
  ({ pick }) => JSON.stringify(pick(texts)),
  ({ pick }) =>
    pick([
      'null',
      'true',
      'false',
      '0',
      '-0',
      '1',
      '-1',
      '0.5',
      '1e-400',
      '1e999',
      '-1e999',
      '1e308',
      '123456789012345678901234567890',
      '5e-324',
    ]),
  ({ pick }) => pick(['NaN', 'Infinity', '-Infinity', 'undefined', "'x'", '0x10', '01', '.5', '1.', '+1', '//', '']),
  ({ pick }) => pick(['"\\ud800"', '"\\udfff\\ud800"', '"a\\u0000b"', '"\\u2028\\u2029"', '"\\uFFFF"', '"\\x41"', '"\ud800"']),
  ({ pick }) =>
    pick([
      '{}',
      '[]',
      '[[]]',
      '{"__proto__":{"harmed":1}}',
      '{"constructor":{"prototype":{"harmed":1}}}',
      '{"id":"__proto__","parameters":{}}',
      '{"id":"constructor"}',
      '{"toString":1}',
    ]),
  ({ between }) => JSON.stringify(String.fromCharCode(between(1, 0x7f)).repeat(10 ** between(2, 5))),
  ({ between }) => nested('[', ']', 10 ** between(1, 4)),
  ({ between }) => nested('{"in":', '}', 10 ** between(1, 4)),
  ({ between, pick }) => `[${`${pick(['0', '{}', '""', 'null', '[]'])},`.repeat(10 ** between(1, 5))}0]`,
  ({ between }) => String(between(-1000, 1000)),
  ({ unit }) => String(unit()),
];

/** Ids, as scenarios have them where registries are asked. */
const ids = [
  'constructor',
  '__proto__',
  'toString',
  'EXPERIMENT',
  'experiment ',
  'minimax_regret',
  'hasOwnProperty',
  '',
  'x'.repeat(81),
  '<b>',
];

const linkKinds: Readonly<Record<string, (random: Random) => string>> = {
  noise: (random) => noise(random, random.between(0, 200)),
  'noise after a place': (random) => `/${random.pick(['overview', 'allocate', 'x'])}?${noise(random, random.between(0, 120))}`,
  'escapes that are none': ({ pick, times }) =>
    `/measure?${times(6, () => pick(['v=2', 's=%', 's=%E0%A4%A', 'p=%FF', '%', '&&', '=', '?', '#', 'r=%30', 'd=%zz', '+', ';']))}`,
  'a scenario changed somewhere': (random) => link(random, compressed(patchText(random))),
  'a scenario changed somewhere, more': (random) => link(random, compressed(patchText(random))),
  'a patch that is none': (random) => link(random, compressed(random.pick(fragments)(random))),
  'a patch of odd fields': (random) => link(random, compressed(oddPatch(random))),
  'a link cut or changed': (random) => mutated(random, link(random, compressed(patchText(random)))),
  'bytes that are no text': (random) => link(random, encoded(deflateRawSync(bytes(random)))),
  'bytes that are not compressed': (random) => link(random, encoded(bytes(random))),
  'odd presets, versions, replications and digests': oddParts,
  'parameters twice': (random) =>
    `${link(random, compressed(patchText(random)))}&${random.pick(['s=AAAA', 'v=1', 'p=winners-curse', 'r=2', 'd=000000000000'])}`,
  'a very long address': ({ pick, between }) =>
    `/overview?${pick(['s=', 'p=', 'x=', 'i=', 'v=', 'd=', 'w=', ''])}${pick(['A', '%41', '-', 'é'])}`.concat(
      pick(['A', 'x', '0']).repeat(10 ** between(3, 5)),
    ),
  'a bomb': (random) =>
    link(random, encoded(deflateRawSync(`"${random.pick(['0', ' ', '[']).repeat(10 ** random.between(5, 7))}"`, { level: 9 }))),
  'a payoff table': (random) => `/decide?t=${compressed(random.pick(fragments)(random))}`,
  'as it should be': (random) =>
    `/${random.pick(['overview', 'measure', 'allocate'])}?v=${random.pick(['1', '2'])}&p=${random.pick(presets).id}`,
};

const fileKinds: Readonly<Record<string, (random: Random) => string | Uint8Array>> = {
  'a scenario changed somewhere': scenarioText,
  'a scenario changed somewhere, more': scenarioText,
  'a wrapped scenario': (random) =>
    `{"format":"impact-workbench/scenario","version":${random.pick(['1', '2', '"1"', 'null'])},"scenario":${scenarioText(random)},"replication":${random.pick(fragments)(random)}}`,
  'JSON of something else': (random) => random.pick(fragments)(random),
  'a text cut or changed': (random) => mutated(random, scenarioText(random)),
  bytes,
  'as it should be': ({ pick, between }) => JSON.stringify({ ...pick(presets).scenario, title: pick(texts), seed: `f${between(0, 99)}` }),
  'another encoding': (random) => Buffer.from(`\ufeff${scenarioText(random)}`, random.pick(['utf16le', 'latin1', 'utf8'] as const)),
};

function oddParts({ pick }: Random): string {
  const versions = ['0', '1', '2', '3', '99', '1e3', '-1', '', 'v1', '1.0', '２', '9'.repeat(400)];
  const replications = ['0', '1', '-1', '1e3', '1000000001', '0x1', '', 'NaN', '1.5', '００', '9'.repeat(400), '<b>'];
  const digests = ['0'.repeat(12), 'xyz', '', 'A'.repeat(12), '0'.repeat(64), '<script>'];
  const witnesses = [
    '',
    '0.1.0~c156~' + '0'.repeat(30),
    '0.1.0~z1~' + '0'.repeat(30),
    '~~',
    '<b>~c1~' + '0'.repeat(30),
    '9.9.9~f1~' + 'f'.repeat(30),
  ];
  const names = [...ids, ...presets.map(({ id }) => id)];
  const part = (name: string, values: readonly string[]) => pick([`&${name}=${encodeURIComponent(pick(values))}`, '']);
  return `/${pick(['overview', 'scale', 'study', 'nowhere', '__proto__'])}?v=${encodeURIComponent(pick(versions))}${part('p', names)}${part('r', replications)}${part('d', digests)}${part('w', witnesses)}${part('i', [...texts])}`;
}

/** A preset with one to four places overwritten, as JSON text. */
function scenarioText(random: Random): string {
  return withHoles(random, random.pick(presets).scenario);
}

/** The same as a difference from the default preset. */
function patchText(random: Random): string {
  const base = random.pick(presets);
  return withHoles(random, diff(base.scenario, { ...base.scenario, ...changedCopy(random, base.scenario) }) ?? { in: {} });
}

function changedCopy({ pick, between }: Random, scenario: (typeof presets)[number]['scenario']) {
  return {
    title: pick(texts),
    seed: `s${between(0, 99)}`,
    initiatives: scenario.initiatives
      .slice(between(0, 1))
      .map((initiative) => ({ ...initiative, description: pick(texts), category: pick(texts).slice(0, 60) })),
  };
}

function oddPatch(random: Random): string {
  const { pick, times } = random;
  const key = () =>
    JSON.stringify(
      pick([
        '__proto__',
        'constructor',
        'prototype',
        'budget',
        'title',
        'initiatives',
        'seed',
        'set',
        'in',
        'list',
        '0',
        '999999',
        '-1',
        'length',
        '',
      ]),
    );
  const value = () =>
    pick([
      '{"set":1}',
      '{"in":{}}',
      '{"in":{"__proto__":{"set":{"harmed":1}}}}',
      '{"list":[0,0,0]}',
      `{"list":[${'0,'.repeat(3000)}0]}`,
      '{"list":[[0,{"set":1}]]}',
      '{"in":{},"drop":["0"]}',
      pick(fragments)(random),
    ]);
  return `{"in":{${times(3, () => `${key()}:${value()},`)}${key()}:${value()}},"drop":[${key()}]}`;
}

/** JSON text of a value, with fragments in place of some of its values and keys. */
function withHoles(random: Random, value: unknown): string {
  const text = JSON.stringify(value);
  const places = [...text.matchAll(/(?<=[:[,])(?:"(?:[^"\\]|\\.)*"|-?\d[\d.e+-]*|true|false|null)(?=[,\]}])/g)];
  let holes = random.between(0, 3);
  let made = text;
  for (const place of random
    .shuffled(places)
    .slice(0, 4)
    .sort((a, b) => b.index - a.index)) {
    if (holes < 0) break;
    holes -= 1;
    const put = random.unit() < 0.2 ? JSON.stringify(random.pick(ids)) : random.pick(fragments)(random);
    made = made.slice(0, place.index) + put + made.slice(place.index + place[0].length);
  }
  return made;
}

function link({ pick }: Random, difference: string): string {
  return `/${pick(['overview', 'measure', 'allocate', 'scale', 'data'])}?v=${pick(['1', '2'])}&p=${pick(presets).id}&s=${difference}`;
}

function mutated({ between, pick, times }: Random, text: string): string {
  const at = between(0, text.length);
  const changes = [
    () => text.slice(0, at),
    () => text.slice(at),
    () => text.slice(0, at) + String.fromCharCode(between(32, 126)) + text.slice(at + 1),
    () => text.slice(0, at) + text.slice(between(0, text.length)),
    () => text.slice(0, at) + times(5, () => String.fromCharCode(between(0, 0x2fff))) + text.slice(at),
    () => text + text,
    () => text.toUpperCase(),
  ];
  return pick(changes)();
}

function noise({ between, unit }: Random, length: number): string {
  return Array.from({ length }, () =>
    unit() < 0.7 ? String.fromCharCode(between(32, 126)) : String.fromCodePoint(between(1, 0xd7ff)),
  ).join('');
}

function bytes({ between }: Random): Buffer {
  return Buffer.from(Array.from({ length: between(0, 300) }, () => between(0, 255)));
}

function nested(open: string, close: string, depth: number): string {
  return `${open.repeat(depth)}1${close.repeat(depth)}`;
}

function compressed(text: string): string {
  return encoded(deflateRawSync(text));
}

function encoded(content: Uint8Array): string {
  return Buffer.from(content).toString('base64url');
}
