import { answer } from './answer.ts';

// A reader that has read enough, such as head, is no error.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));

const { code, out, error } = await answer(process.argv.slice(2));
await write(process.stdout, out);
await write(process.stderr, error);
process.exitCode = code;

async function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (text === '') return;
  await new Promise<void>((resolve, reject) => stream.write(text, (error) => (error ? reject(error) : resolve())));
}
