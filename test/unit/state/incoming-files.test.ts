import { expect, it } from 'vitest';
import { bytesOf, filesOf } from '../../../src/state/incoming-files.ts';

type Tree = { readonly [name: string]: Tree | string };

/** A folder as a browser hands it over: entries in portions of 100, and an empty one at the end. */
function entryOf(name: string, content: Tree | string, path = `/${name}`): FileSystemEntry {
  const isFile = typeof content === 'string';
  const inside = isFile ? [] : Object.entries(content).map(([child, value]) => entryOf(child, value, `${path}/${child}`));
  let given = 0;
  return {
    name,
    fullPath: path,
    isFile,
    isDirectory: !isFile,
    file: (take: (file: File) => void) => take(new File([content as string], name)),
    createReader: () => ({
      readEntries: (take: (entries: FileSystemEntry[]) => void) => take(inside.slice(given, (given += 100))),
    }),
  } as unknown as FileSystemEntry;
}

const pathsOf = async (name: string, tree: Tree | string) =>
  (await filesOf({ files: [], entries: [entryOf(name, tree)] })).map(({ path }) => path);

it('walks through a folder, and leaves out what systems put into it', async () => {
  const tree = { 'manifest.json': '{}', deep: { 'a.csv': 'a,b', '.DS_Store': '' }, __MACOSX: { 'a.csv': '' }, '.git': { config: '' } };
  expect(await pathsOf('job', tree)).toEqual(['job/manifest.json', 'job/deep/a.csv']);
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`file ${i}`, '']));
  expect(await pathsOf('many', many)).toHaveLength(250);
});

it('takes plain files as they are', async () => {
  const file = new File(['{}'], 'one.json');
  expect(await filesOf({ files: [file], entries: [entryOf('one.json', '{}')] })).toEqual([{ path: 'one.json', file }]);
  expect(await filesOf({ files: [file], entries: [] })).toEqual([{ path: 'one.json', file }]);
});

it('stops at too many files and at folders too deep, and says what to do', async () => {
  const many = Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`file ${i}`, '']));
  await expect(pathsOf('many', many)).rejects.toThrow('more than 500 files');
  const deep = Array.from({ length: 12 }).reduce<Tree>((tree) => ({ folder: tree }), { file: '' });
  await expect(pathsOf('deep', deep)).rejects.toThrow('8 deep');
});

it('reads the head alone of what is very large', async () => {
  const large = Object.assign(new File([new Uint8Array(100_000)], 'large.csv'), {});
  Object.defineProperty(large, 'size', { value: 2_000_000_000 });
  const read = await bytesOf({ path: 'large.csv', file: large });
  expect([read.isWhole, read.bytes.length]).toEqual([false, 65_536]);
});
