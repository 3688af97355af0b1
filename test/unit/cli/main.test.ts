import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));

it('ends quietly where what reads it has read enough', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', main, 'sweep', '--preset', 'online-retail-five', '--list']);
  child.stdout.destroy();
  let complaints = '';
  child.stderr.on('data', (text) => (complaints += String(text)));
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(complaints).toBe('');
});

it('answers on the two streams and by its exit code', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', main, 'wonder']);
  let [out, error] = ['', ''];
  child.stdout.on('data', (text) => (out += String(text)));
  child.stderr.on('data', (text) => (error += String(text)));
  expect(await once(child, 'close')).toEqual([2, null]);
  expect(out).toBe('');
  expect(JSON.parse(error)).toMatchObject({ error: { message: "there is no command 'wonder'" } });
});
