// @ts-check
// As much of W3C WebDriver as it takes to open a page and read an attribute: https://www.w3.org/TR/webdriver2/
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { PlainError } from './install.mjs';

/** A reference to an element is an object with this one key. */
const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

/**
 * Starts a driver and a browser in it.
 * @param {{ driver: string, capabilities: Record<string, unknown>, env: Record<string, string | undefined> }} options
 */
export async function startWebDriver({ driver, capabilities, env }) {
  const port = await freePort();
  const child = spawn(driver, [`--port=${port}`], { env, stdio: 'ignore' });
  process.once('exit', () => child.kill());
  const failed = new Promise((_, reject) => {
    child.on('error', (error) => reject(new PlainError(`${driver} could not be started (${error.message}).`)));
    child.on('exit', (code) => reject(new PlainError(`${driver} stopped with code ${code}.`)));
  });
  failed.catch(() => undefined);
  const call = caller(`http://127.0.0.1:${port}`);
  try {
    await Promise.race([failed, ready(call)]);
    const session = await Promise.race([failed, call('POST', '/session', { capabilities: { alwaysMatch: capabilities } })]);
    return browserOf(call, session, () => child.kill());
  } catch (error) {
    child.kill();
    throw error;
  }
}

/** @param {ReturnType<typeof caller>} call @param {any} session @param {() => void} stop */
function browserOf(call, session, stop) {
  const path = `/session/${session.sessionId}`;
  return {
    /** @type {string} */
    version: session.capabilities.browserVersion,
    /** Opens an address and gives an attribute of the first element with it, as soon as there is one. */
    async read(/** @type {string} */ address, /** @type {string} */ attribute, /** @type {number} */ timeoutMs) {
      await call('POST', `${path}/timeouts`, { implicit: timeoutMs });
      await call('POST', `${path}/url`, { url: address });
      const element = await call('POST', `${path}/element`, { using: 'css selector', value: `[${attribute}]` });
      return String(await call('GET', `${path}/element/${element[elementKey]}/attribute/${attribute}`));
    },
    async close() {
      try {
        await call('DELETE', path);
      } finally {
        stop();
      }
    },
  };
}

/** @param {string} address */
function caller(address) {
  /** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
  return async (method, path, body) => {
    const response = await fetch(`${address}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const { value } = /** @type {any} */ (await response.json());
    if (!response.ok) throw new PlainError(`${method} ${path}: ${value.error}, ${value.message}`);
    return value;
  };
}

// The driver does not say when it listens.
/** @param {ReturnType<typeof caller>} call */
async function ready(call) {
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    if (
      await call('GET', '/status').then(
        (status) => status.ready,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new PlainError('The driver did not get ready within 20 s.');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return /** @type {import('node:net').AddressInfo} */ (address).port;
}
