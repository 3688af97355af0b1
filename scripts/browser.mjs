// @ts-check
// One answer to "which browser, started how" for Playwright, vitest and the screenshots.
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { PlainError, root } from './install.mjs';

/** @typedef {{ source: string, executablePath: string, args: string[], env: Record<string, string> }} Browser */

// The last of these lists counts, so it holds Playwright's own. The popups are pages in the address bar of every window, which
// nobody sees without a screen and which cost a quarter of what opening a page costs.
const disabledFeatures = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

const args = [
  `--disable-features=${disabledFeatures.join(',')}`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge', 'microsoft-edge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) =>
    join(process.env[name] ?? '', 'Google/Chrome/Application/chrome.exe'),
  ),
];

// The package's own names folders of a Lambda function; without any font all text has no height.
/** @param {string} folder */
const fontConfiguration = (folder) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'fonts/cache')}</cachedir>
</fontconfig>
`;

// A found browser is handed on to child processes here, so that only one process ever unpacks one.
const handover = 'WORKBENCH_BROWSER';

/**
 * Finds a Chromium: CHROME_PATH, an installed one, Playwright's own, else the one inside @sparticuz/chromium.
 * BROWSER_SOURCE=installed or =package forces one of the two ways.
 * @returns {Promise<Browser>}
 */
export async function findBrowser() {
  const known = process.env[handover];
  if (known) return JSON.parse(known);
  const source = process.env.BROWSER_SOURCE ?? '';
  if (!['', 'installed', 'package'].includes(source))
    throw new PlainError(`BROWSER_SOURCE is "${source}"; it may be "installed" or "package".`);
  const installed = source === 'package' ? undefined : await installedBrowser();
  if (!installed && source === 'installed')
    throw new PlainError('No installed Chromium or Chrome that starts was found. Set CHROME_PATH to one, or leave BROWSER_SOURCE unset.');
  const browser = installed ?? (await packagedBrowser());
  process.env[handover] = JSON.stringify(browser);
  return browser;
}

/** The same, in the shape of Playwright's launch options. */
export async function launchOptions() {
  const { executablePath, args, env } = await findBrowser();
  return { executablePath, args, env: { ...definedEnvironment(), ...env } };
}

async function installedBrowser() {
  const chosen = process.env.CHROME_PATH;
  const { chromium } = await import('@playwright/test');
  const onPath = names.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)));
  for (const executablePath of chosen ? [chosen] : [...onPath, ...places, chromium.executablePath()]) {
    /** @type {Browser} */
    const browser = { source: executablePath, executablePath, args, env: {} };
    if (isExecutable(executablePath) && (await starts(browser))) return browser;
  }
  if (chosen) throw new PlainError(`CHROME_PATH is "${chosen}", which could not be started as a headless browser.`);
  return undefined;
}

// Some systems ship a stub in place of the browser, or one that misses a library: only starting it tells.
/** @param {Browser} browser */
async function starts({ executablePath, args }) {
  const { chromium } = await import('@playwright/test');
  try {
    await (await chromium.launch({ executablePath, args, timeout: 20_000 })).close();
    return true;
  } catch {
    return false;
  }
}

/** @returns {Promise<Browser>} */
async function packagedBrowser() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new PlainError('No Chromium or Chrome was found. Install Google Chrome, or set CHROME_PATH to a Chromium, and try again.');
  }
  const folder = join(root, 'node_modules/.cache', `chromium-${packagedVersion()}`);
  if (!existsSync(folder)) await unpack(folder);
  return {
    source: '@sparticuz/chromium',
    executablePath: join(folder, 'chromium'),
    args,
    env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: join(folder, 'fonts') },
  };
}

// The package unpacks into the temporary folder and brings its shared libraries only where it believes to be on a
// Lambda function; both are asked of it for the duration of the call. The rename at the end makes it all or nothing.
/** @param {string} folder */
async function unpack(folder) {
  mkdirSync(join(folder, '..'), { recursive: true });
  const temporary = mkdtempSync(`${folder}-`);
  const before = { ...process.env };
  Object.assign(process.env, { TMPDIR: temporary, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' });
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    writeFileSync(join(temporary, 'fonts/fonts.conf'), fontConfiguration(folder));
    if (existsSync(folder)) rmSync(temporary, { recursive: true });
    else renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw new PlainError(
      `The browser in @sparticuz/chromium could not be unpacked: ${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    for (const name of ['TMPDIR', 'AWS_EXECUTION_ENV', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH', 'HOME']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

function packagedVersion() {
  return JSON.parse(readFileSync(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')).version;
}

function definedEnvironment() {
  return /** @type {Record<string, string>} */ (Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== undefined)));
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
