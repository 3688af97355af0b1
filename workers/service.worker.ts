import { releaseName, type Release, type ServiceNews, type ServiceRequest } from '../src/interchange/release.ts';

/** Put in by the build. */
declare const RELEASE: Release;

const release = RELEASE;
const worker = self as unknown as ServiceWorkerGlobalScope;
const { scope } = worker.registration;
const folder = new URL(scope).pathname;
const cacheName = releaseName(folder, release.id);
const paths = Object.keys(release.files);
const page = 'index.html';
/** No file: it stands in the cache of the release in which the page opens. */
const takenMark = 'taken';

worker.addEventListener('install', (event) => event.waitUntil(keepAll()));
worker.addEventListener('activate', (event) => event.waitUntil(Promise.all([take().then(tidy), worker.clients.claim()])));
worker.addEventListener('message', (event) => {
  const request = event.data as ServiceRequest;
  if (request === 'open') event.waitUntil(take().then(() => tell({ kind: 'taken', release: release.id })));
  if (request === 'take over') event.waitUntil(worker.skipWaiting());
  if (request === 'report') event.waitUntil(Promise.all([keepAll().catch(() => undefined), tidy()]));
});
worker.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  if (method !== 'GET' || !url.startsWith(scope)) return;
  event.respondWith(answer(event.request));
  if (mode === 'navigate') event.waitUntil(tidy());
});

/** What is kept goes first; a page of an older release finds its own files for as long as it is open. */
async function answer(request: Request): Promise<Response> {
  const { origin, pathname } = new URL(request.url);
  const cache = await (request.mode === 'navigate' ? takenCache() : caches.open(cacheName));
  const kept = await cache.match(pathname === folder ? addressOf(page) : origin + pathname, { ignoreVary: true });
  return kept ?? (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/**
 * The page opens in this release from now on, also while an older worker answers: a browser lets that one end what it is at before
 * this one takes its place, which can take minutes.
 */
async function take(): Promise<void> {
  for (const cache of await ourCaches()) await cache.delete(addressOf(takenMark));
  await (await caches.open(cacheName)).put(addressOf(takenMark), new Response());
}

async function takenCache(): Promise<Cache> {
  for (const cache of await ourCaches()) if ((await cache.match(addressOf(takenMark))) !== undefined) return cache;
  return caches.open(cacheName);
}

async function ourCaches(): Promise<Cache[]> {
  return Promise.all((await ourNames()).map((name) => caches.open(name)));
}

async function ourNames(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(releaseName(folder, '')));
}

/** All files of the release or an error; what is there already stays. */
async function keepAll(): Promise<void> {
  try {
    const cache = await caches.open(cacheName);
    const there = new Set((await cache.keys()).map(({ url }) => url));
    const missing = paths.filter((path) => !there.has(addressOf(path)));
    let kept = paths.length - missing.length;
    await Promise.all(
      missing.map(async (path) => {
        await cache.put(addressOf(path), await obtained(path));
        kept += 1;
        await tell({ kind: 'keeping', release: release.id, kept, files: paths.length });
      }),
    );
    await tell({ kind: 'kept', release: release.id, files: paths.length, bytes: release.bytes });
  } catch (error) {
    await tell({ kind: 'failed', release: release.id, reason: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

/** The file with exactly the promised content: from an older release where it is the same, else from the server. */
async function obtained(path: string): Promise<Response> {
  const sha256 = release.files[path] as string;
  const older = await caches.match(addressOf(path), { ignoreVary: true });
  if (older !== undefined && (await digestOf(older.clone())) === sha256) return older;
  // Some hosts send whoever asks for index.html to its folder.
  const address = path === page ? scope : addressOf(path);
  const response = await fetch(address, { cache: 'no-cache', integrity: `sha256-${sha256}` });
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${path}`);
  return response.redirected ? new Response(response.body, { headers: response.headers }) : response;
}

/** Drops the releases that no open page is of. One that waits to take over is let be. */
async function tidy(): Promise<void> {
  if (worker.registration.waiting !== null || worker.registration.installing !== null) return;
  const { held = [] } = await navigator.locks.query();
  const inUse = new Set([cacheName, ...held.map(({ name }) => name)]);
  await Promise.all((await ourNames()).filter((name) => !inUse.has(name)).map((name) => caches.delete(name)));
}

async function tell(news: ServiceNews): Promise<void> {
  for (const client of await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })) client.postMessage(news);
}

function addressOf(path: string): string {
  return new URL(path, scope).href;
}

async function digestOf(response: Response): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()));
  return btoa(String.fromCharCode(...hash));
}
