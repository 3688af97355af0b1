/** What a build of the page consists of. */
export type Release = {
  readonly id: string;
  /** SHA-256 in base64 by path below the page's folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly bytes: number;
};

/** What the service worker tells the pages of its scope. */
export type ServiceNews =
  | { readonly kind: 'keeping'; readonly release: string; readonly kept: number; readonly files: number }
  | { readonly kind: 'kept'; readonly release: string; readonly files: number; readonly bytes: number }
  | { readonly kind: 'failed'; readonly release: string; readonly reason: string }
  /** From now on the page opens in this release. */
  | { readonly kind: 'taken'; readonly release: string };

/** What a page may ask of it: to say how it stands, to be the release in which the page opens, or to take the place of the older worker. */
export type ServiceRequest = 'report' | 'open' | 'take over';

/** The name of a release's cache, and of the lock that its open pages hold. `folder` is where the page is, '/' at the end. */
export function releaseName(folder: string, id: string): string {
  return `impact-workbench ${folder} ${id}`;
}
