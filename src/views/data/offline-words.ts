import { formatCount } from '../../charts/format.ts';
import type { OfflineStatus, UpdateCheck } from '../../state/offline.svelte.ts';

/** How the page stands without a network, in a sentence. */
export function offlineWords(status: OfflineStatus): string {
  switch (status.kind) {
    case 'waiting':
      return 'Keeping the page on this machine begins once a first result is on the screen.';
    case 'impossible':
      return impossibleWords[status.why];
    case 'keeping':
      return status.files === null
        ? 'The page is being kept on this machine…'
        : `The page is being kept on this machine: ${formatCount(status.kept)} of ${formatCount(status.files)} files are here. Until all are, it needs the network.`;
    case 'kept':
      return `Everything is kept on this machine: ${formatCount(status.files)} files, ${megabytes(status.bytes)} MB. The page opens and works with the network off, solver included.`;
    case 'failed':
      return `The page could not be kept on this machine: ${status.reason}. It works for as long as it is open; opening it again needs the network.`;
    case 'saving':
      return 'Your browser is set to save data, so the page is not kept on this machine before you ask for it.';
    case 'off':
      return 'Nothing is kept on this machine for use without a network, as you asked. Scenarios and settings are not touched by that.';
    default:
      return status satisfies never;
  }
}

export const checkWords: Readonly<Record<Exclude<UpdateCheck, 'idle'>, string>> = {
  checking: 'Asking the host…',
  current: 'There is no newer version.',
  offered: 'A newer version is here; it is offered at the top of the page.',
  unreachable: 'The host cannot be reached. What is kept goes on working.',
};

const impossibleWords: Readonly<Record<Extract<OfflineStatus, { kind: 'impossible' }>['why'], string>> = {
  single: 'This page is one file, which holds everything: it needs no network at all. A newer version is a newer file.',
  development: 'The development server keeps nothing; the built page does.',
  file: 'Opened from a folder, the page cannot be kept by the browser. Use the one-file page there, or serve the folder over http.',
  insecure: 'A browser keeps pages only where they come by https (or from this very machine). This one came by plain http.',
  unsupported: 'This browser, or a private window of it, keeps no pages for use without a network. All else works.',
};

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
