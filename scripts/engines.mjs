// @ts-check
// Which browser engines are here, and one way to start each: open an address, wait for an attribute, read it.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { launchOptions } from './browser.mjs';
import { PlainError, root } from './install.mjs';
import { startWebDriver } from './webdriver.mjs';

/** @typedef {{ locale: string, timeZone: string }} Surroundings where the machine is made to believe it stands */
/** @typedef {{ version: string, read: (address: string, attribute: string, timeoutMs: number) => Promise<string>, close: () => Promise<void> }} Session */
/** @typedef {{ name: string, start: (surroundings: Surroundings | null) => Promise<Session> }} Engine */
/** @typedef {{ name: string, missing: string }} MissingEngine */

/**
 * Chromium, Firefox and WebKit: started as asked, or with the reason why they are not here.
 * @returns {Promise<(Engine | MissingEngine)[]>}
 */
export async function findEngines() {
  return [chromium(), await firefox(), await webkit()];
}

/** What a process inherits to be somewhere else; as it is here for null. @param {Surroundings | null} surroundings */
export function environmentOf(surroundings) {
  if (surroundings === null) return { ...process.env };
  const posix = `${surroundings.locale.replace('-', '_')}.UTF-8`;
  const language = surroundings.locale.split('-')[0];
  return { ...process.env, TZ: surroundings.timeZone, LANG: posix, LC_ALL: posix, LANGUAGE: language, ...compiledLocale(posix) };
}

/** @returns {Engine} */
function chromium() {
  return {
    name: 'Chromium',
    async start(surroundings) {
      const { chromium } = await import('@playwright/test');
      const options = await launchOptions();
      const env = defined({ ...environmentOf(surroundings), ...options.env, ...placeOf(surroundings) });
      return playwrightSession(await chromium.launch({ ...options, env }), surroundings);
    },
  };
}

/** @returns {Promise<Engine | MissingEngine>} */
async function firefox() {
  const executablePath = process.env.FIREFOX_PATH ?? onPath(['firefox', 'firefox-esr'], tellsItsVersion);
  if (executablePath !== undefined) return { name: 'Firefox', start: (surroundings) => startFirefox(executablePath, surroundings) };
  const { firefox } = await import('@playwright/test');
  return playwrightsOwn('Firefox', firefox, 'there is no firefox on the PATH, FIREFOX_PATH is not set, and Playwright has none installed');
}

/** @returns {Promise<Engine | MissingEngine>} */
async function webkit() {
  const driver = process.env.WEBKIT_DRIVER_PATH ?? onPath(['WebKitWebDriver']);
  const browser = miniBrowser();
  const { webkit } = await import('@playwright/test');
  if (driver === undefined || browser === undefined)
    return playwrightsOwn('WebKit', webkit, 'there is no WebKitWebDriver with its MiniBrowser, and Playwright has no WebKit installed');
  if (!hasDisplay() && onPath(['Xvfb']) === undefined)
    return { name: 'WebKit', missing: 'there is neither a display nor Xvfb to make one' };
  return { name: 'WebKit', start: (surroundings) => startWebKit(driver, browser, surroundings) };
}

/** @param {string} name @param {import('@playwright/test').BrowserType} type @param {string} missing @returns {Engine | MissingEngine} */
function playwrightsOwn(name, type, missing) {
  if (!existsSync(type.executablePath())) return { name, missing };
  return {
    name,
    start: async (surroundings) => playwrightSession(await type.launch({ env: defined(environmentOf(surroundings)) }), surroundings),
  };
}

/** @param {import('@playwright/test').Browser} browser @param {Surroundings | null} surroundings @returns {Promise<Session>} */
async function playwrightSession(browser, surroundings) {
  const page = await browser.newPage(surroundings === null ? {} : { locale: surroundings.locale, timezoneId: surroundings.timeZone });
  return {
    version: browser.version(),
    async read(address, attribute, timeoutMs) {
      await page.goto(address);
      const element = page.locator(`[${attribute}]`).first();
      await element.waitFor({ state: 'attached', timeout: timeoutMs });
      return (await element.getAttribute(attribute)) ?? '';
    },
    close: () => browser.close(),
  };
}

/** @param {string} executablePath @param {Surroundings | null} surroundings @returns {Promise<Session>} */
async function startFirefox(executablePath, surroundings) {
  const { default: puppeteer } = await import('puppeteer-core');
  const language = surroundings && {
    'intl.accept_languages': surroundings.locale,
    'intl.locale.requested': surroundings.locale,
    'intl.regional_prefs.use_os_locales': true,
  };
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    env: environmentOf(surroundings),
    extraPrefsFirefox: language ?? {},
  });
  const page = await browser.newPage();
  return {
    version: (await browser.version()).replace(/^\w+\//, ''),
    async read(address, attribute, timeoutMs) {
      await page.goto(address);
      await page.waitForSelector(`[${attribute}]`, { timeout: timeoutMs });
      return page.$eval(`[${attribute}]`, (element, name) => element.getAttribute(name) ?? '', attribute);
    },
    close: () => browser.close(),
  };
}

/** @param {string} driver @param {string} binary @param {Surroundings | null} surroundings @returns {Promise<Session>} */
async function startWebKit(driver, binary, surroundings) {
  const display = hasDisplay() ? null : await startDisplay();
  // Without a graphics card, as on a server, it must not look for one.
  const plainGraphics = { WEBKIT_DISABLE_COMPOSITING_MODE: '1', WEBKIT_DISABLE_DMABUF_RENDERER: '1', LIBGL_ALWAYS_SOFTWARE: '1' };
  try {
    const browser = await startWebDriver({
      driver,
      capabilities: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } },
      env: { ...environmentOf(surroundings), ...plainGraphics, ...(display && { DISPLAY: display.name }) },
    });
    return { ...browser, close: () => browser.close().finally(() => display?.stop()) };
  } catch (error) {
    display?.stop();
    throw error;
  }
}

/** A screen in memory; it chooses its own number. @returns {Promise<{ name: string, stop: () => void }>} */
function startDisplay() {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const stop = () => void child.kill();
  process.once('exit', stop);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new PlainError(`Xvfb stopped with code ${code}.`)));
    child.stdio[3]?.once('data', (number) => resolve({ name: `:${String(number).trim()}`, stop }));
  });
}

/** A compiled locale for programs that ask the C library, where the system has its source and no compiled one. @param {string} name */
function compiledLocale(name) {
  const folder = join(root, 'node_modules/.cache/locales');
  if (!existsSync(join(folder, name))) {
    mkdirSync(folder, { recursive: true });
    const [source = ''] = name.split('.');
    spawnSync('localedef', ['-i', source, '-f', 'UTF-8', join(folder, name)], { stdio: 'ignore' });
  }
  return existsSync(join(folder, name)) ? { LOCPATH: folder } : {};
}

/** The launch options carry this process's environment; what says where it stands comes last. @param {Surroundings | null} surroundings */
function placeOf(surroundings) {
  const { TZ, LANG, LC_ALL, LANGUAGE } = environmentOf(surroundings);
  return surroundings === null ? {} : { TZ, LANG, LC_ALL, LANGUAGE };
}

/** Distributions keep it beside the library, off the PATH. */
function miniBrowser() {
  const libraries = [
    '/usr/libexec',
    '/usr/lib',
    ...(existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`) : []),
  ];
  const versions = ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0'];
  const places = libraries.flatMap((folder) => versions.map((version) => join(folder, version, 'MiniBrowser')));
  return process.env.WEBKIT_BROWSER_PATH ?? places.find(isExecutable) ?? onPath(['MiniBrowser']);
}

function hasDisplay() {
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** @param {readonly string[]} names @param {(path: string) => boolean} [isWhole] */
function onPath(names, isWhole = () => true) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => isExecutable(path) && isWhole(path));
}

// Some systems ship a stub in place of the browser.
/** @param {string} path */
function tellsItsVersion(path) {
  return /Firefox \d/.test(spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 }).stdout ?? '');
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {Record<string, string | undefined>} environment */
function defined(environment) {
  return /** @type {Record<string, string>} */ (Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined)));
}
