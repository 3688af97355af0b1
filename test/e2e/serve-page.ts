import { preview } from 'vite';
import { ensureBuilt } from '../../scripts/build.mjs';

/** Serves the built page twice, at the root of an address and deep below one, as a static host would. */
export default async function servePage(): Promise<() => Promise<void>> {
  await ensureBuilt();
  const atRoot = await serve('/');
  const belowRoot = await serve('/some/sub-path/');
  process.env.WORKBENCH_ROOT = atRoot.address;
  process.env.WORKBENCH_BELOW_ROOT = belowRoot.address;
  return async () => {
    await atRoot.close();
    await belowRoot.close();
  };
}

async function serve(base: string): Promise<{ address: string; close: () => Promise<void> }> {
  const server = await preview({ base, logLevel: 'error', preview: { host: '127.0.0.1', port: 4273, open: false } });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('The preview server has no address.');
  return { address, close: () => server.close() };
}
