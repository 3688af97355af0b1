import { releaseName, type ServiceNews, type ServiceRequest } from '../interchange/release.ts';
import { buildKind } from './build-kind.ts';
import { pageOffers } from './page-offers.svelte.ts';
import { savesData } from './saves-data.ts';

export type OfflineStatus =
  /** Begins once the page has shown its first result. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'impossible'; readonly why: WhyImpossible }
  | { readonly kind: 'keeping'; readonly kept: number; readonly files: number | null }
  | { readonly kind: 'kept'; readonly files: number; readonly bytes: number }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Nothing is kept before a person asks for it, who asked the browser to save data. */
  | { readonly kind: 'saving' }
  /** A person took away what was kept. */
  | { readonly kind: 'off' };

type WhyImpossible = 'single' | 'development' | 'file' | 'insecure' | 'unsupported';

export type UpdateCheck = 'idle' | 'checking' | 'current' | 'offered' | 'unreachable';

const preferenceKey = 'impact-workbench-offline';
const release = document.querySelector<HTMLMetaElement>('meta[name="release"]')?.content ?? 'none';
const folder = new URL('./', location.href).pathname;

let status = $state.raw<OfflineStatus>({ kind: 'waiting' });
let check = $state<UpdateCheck>('idle');
let registration: ServiceWorkerRegistration | null = null;

/** Whether the page works without a network, and what a person can do about it. */
export const offline = {
  get status() {
    return status;
  },
  get check() {
    return check;
  },
  /** The release that is open; 'none' where the page was not built for a host. */
  get release() {
    return release;
  },
  /** Keeps all files of the page on this machine, unless a person wants none there, or wants to be asked. */
  async start(): Promise<void> {
    const why = whyImpossible();
    if (why !== null) status = { kind: 'impossible', why };
    else if (isOff()) status = { kind: 'off' };
    else if (savesData() && (await navigator.serviceWorker.getRegistration()) === undefined) status = { kind: 'saving' };
    else await keep();
  },
  /** Keeps them again after a failure, or after a person took them away. */
  async keep(): Promise<void> {
    setOff(false);
    await keep();
  },
  /** Asks the host for a newer release. */
  async askForUpdate(): Promise<void> {
    const current = registration ?? (await navigator.serviceWorker.getRegistration());
    if (current === undefined) return;
    check = 'checking';
    try {
      await current.update();
      const coming = current.installing;
      if (coming !== null) await settled(coming);
      check = current.waiting === null ? 'current' : 'offered';
      askWaiting();
    } catch {
      check = 'unreachable';
    }
  },
  /** Takes away all that is kept for offline use; scenarios and settings stay. */
  async remove(): Promise<void> {
    setOff(true);
    await registration?.unregister();
    registration = null;
    const ours = (await caches.keys()).filter((name) => name.startsWith(releaseName(folder, '')));
    await Promise.all(ours.map((name) => caches.delete(name)));
    status = { kind: 'off' };
    check = 'idle';
  },
};

async function keep(): Promise<void> {
  status = { kind: 'keeping', kept: 0, files: null };
  if (registration === null) {
    holdRelease();
    navigator.serviceWorker.addEventListener('message', hear);
    navigator.serviceWorker.addEventListener('controllerchange', askForNews);
  }
  try {
    registration = await navigator.serviceWorker.register('./service-worker.js', { updateViaCache: 'none' });
    registration.addEventListener('updatefound', () => void watchInstall(registration?.installing ?? null));
    void watchInstall(registration.installing);
    askWaiting();
    askForNews();
  } catch (error) {
    status = { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

function askForNews(): void {
  registration?.active?.postMessage('report' satisfies ServiceRequest);
}

function hear({ data, source }: MessageEvent<ServiceNews>): void {
  if (data.kind === 'taken') {
    if (pageOffers.isReleaseComing) location.reload();
  } else if (source instanceof ServiceWorker && source.state === 'installed') offer(source, data);
  else take(data);
}

/** What is said of another release than the one in use is of no concern while that is installed; what comes in late says nothing new. */
function take(news: Exclude<ServiceNews, { kind: 'taken' }>): void {
  if (registration?.active != null && registration.installing !== null && news.release !== release) return;
  if (news.kind === 'keeping' && status.kind !== 'keeping') return;
  if (news.kind === 'keeping') status = { kind: 'keeping', kept: news.kept, files: news.files };
  else if (news.kind === 'kept') status = { kind: 'kept', files: news.files, bytes: news.bytes };
  else status = { kind: 'failed', reason: news.reason };
  // Another page has taken a newer release.
  if (news.kind === 'kept' && news.release !== release && registration?.waiting === null) pageOffers.offerRelease(() => location.reload());
}

/**
 * A new release is offered, never swapped in: other open pages go on with theirs, whose files are kept for them. Its worker takes over
 * once a page of it is open, since a navigation that meets the change of workers can be lost.
 */
function offer(waiting: ServiceWorker, news: ServiceNews): void {
  if (news.kind !== 'kept' || registration?.active == null) return;
  const ask = (request: ServiceRequest) => waiting.postMessage(request);
  if (news.release !== release) return pageOffers.offerRelease(() => ask('open'));
  if (check === 'offered') check = 'current';
  ask('take over');
}

async function watchInstall(worker: ServiceWorker | null): Promise<void> {
  if (worker === null) return;
  await settled(worker);
  askWaiting();
}

function askWaiting(): void {
  registration?.waiting?.postMessage('report' satisfies ServiceRequest);
}

/** Resolves once the worker is installed, or is given up. */
function settled(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    const look = () => worker.state !== 'installing' && resolve();
    worker.addEventListener('statechange', look);
    look();
  });
}

/** For as long as the page is open, the files of its release are kept. */
function holdRelease(): void {
  navigator.locks?.request(releaseName(folder, release), { mode: 'shared' }, () => new Promise(() => undefined)).catch(() => undefined);
}

function whyImpossible(): WhyImpossible | null {
  if (buildKind === 'single') return 'single';
  if (buildKind === 'development') return 'development';
  if (location.protocol === 'file:') return 'file';
  if (!isSecureContext) return 'insecure';
  return 'serviceWorker' in navigator && 'caches' in window ? null : 'unsupported';
}

function isOff(): boolean {
  try {
    return localStorage.getItem(preferenceKey) === 'off';
  } catch {
    return false;
  }
}

function setOff(off: boolean): void {
  try {
    if (off) localStorage.setItem(preferenceKey, 'off');
    else localStorage.removeItem(preferenceKey);
  } catch {
    // Storage may be denied: the choice then lasts until the page is closed.
  }
}
