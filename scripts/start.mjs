// @ts-check
import { ensureInstalled, PlainError, root, runScript } from './install.mjs';

const firstPort = 4173;

await runScript(async () => {
  const chosenPort = portFrom(process.env.PORT);
  ensureInstalled();
  const { ensureBuilt } = await import('./build.mjs');
  await ensureBuilt();
  const server = await serve(chosenPort);
  console.log(`\nimpact workbench is ready:\n\n    ${server.resolvedUrls?.local[0]}\n\nStop it with Ctrl-C.`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
});

/** @param {number | undefined} chosenPort */
async function serve(chosenPort) {
  const { preview } = await import('vite');
  try {
    return await preview({
      root,
      logLevel: 'error',
      preview: { host: '127.0.0.1', port: chosenPort ?? firstPort, strictPort: chosenPort !== undefined, open: false },
    });
  } catch (error) {
    throw new PlainError(
      `The page could not be served: ${error instanceof Error ? error.message : String(error)}. Set another port with PORT=8080 npm start.`,
    );
  }
}

/** @param {string | undefined} text */
function portFrom(text) {
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new PlainError(`PORT is "${text}", which is not a port number between 1 and 65535.`);
}
