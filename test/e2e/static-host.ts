import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

/** A plain host of static files below a path, which can be stopped, given other files, and made to send something wrong. */
export type StaticHost = {
  readonly address: string;
  /** Serves this folder from now on. */
  publish: (folder: string) => void;
  /** The content of these paths is damaged on its way, until told otherwise. */
  damage: (paths: RegExp | null) => void;
  /** Whoever asks for what is below `never/` waits until this is called. */
  answerAll: () => void;
  stop: () => Promise<void>;
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

export async function staticHost(folder: string, base = '/some/sub-path/'): Promise<StaticHost> {
  let served = folder;
  let damaged: RegExp | null = null;
  const unanswered = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://host').pathname.slice(base.length) || 'index.html';
    if (path.startsWith('never/')) return void unanswered.add(response);
    readFile(join(served, path)).then(
      (content) => {
        response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream', 'cache-control': 'no-cache' });
        response.end(damaged?.test(path) ? content.subarray(1) : content);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`,
    publish: (next) => void (served = next),
    damage: (paths) => void (damaged = paths),
    answerAll: () => unanswered.forEach((response) => response.writeHead(404).end()),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
