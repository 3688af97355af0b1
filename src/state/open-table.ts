import { readPastedTable } from '../interchange/pasted-table.ts';
import { readTableText, type DraftTable } from '../interchange/payoff-table-text.ts';
import { textOfBytes } from '../interchange/text-of-bytes.ts';
import type { IncomingFile } from './incoming-files.ts';
import type { FileChoice, FileOutcome } from './file-outcome.ts';
import { payoffTableState } from './payoff-table.svelte.ts';

/** Largest table that could be one of payoffs, in bytes. */
const largestPayoffs = 200_000;

/** A table may be data to measure, replications or payoffs: the person says which. */
export async function openTable([given]: readonly IncomingFile[], name: string): Promise<FileOutcome> {
  if (given === undefined) throw new Error('There is no file in it.');
  const { file } = given;
  const choices: FileChoice[] = [
    {
      label: 'Data to measure',
      note: 'A row per unit, per unit and period, or per period.',
      open: async () => {
        const { ownData } = await import('./own-data.svelte.ts');
        void ownData.choose(file);
        return { kind: 'opened', title: `${name} is read under Measure, below the methods`, notes: [], canUndo: false, place: 'measure' };
      },
    },
    {
      label: 'Replications of a study',
      note: 'A row per replication and method, with estimate and truth.',
      open: async () => {
        const { ownReplicates } = await import('./own-replicates.svelte.ts');
        void ownReplicates.choose(file);
        return { kind: 'opened', title: `${name} is read under Study, below the study`, notes: [], canUndo: false, place: 'study' };
      },
    },
  ];
  const payoffs = await payoffsIn(file);
  if (payoffs !== null)
    choices.push({
      label: 'A payoff table',
      note: 'Options in rows, states of the world in columns.',
      open: () => Promise.resolve(decideOn(payoffs, name)),
    });
  return { kind: 'choose', title: `${name} is a table. What is in it?`, choices };
}

/** A payoff table as JSON. */
export async function openPayoffTable([given]: readonly IncomingFile[], name: string): Promise<FileOutcome> {
  const text = given === undefined || given.file.size > largestPayoffs ? null : textOfBytes(new Uint8Array(await given.file.arrayBuffer()));
  const read = text === null ? null : readTableText(text);
  if (read?.ok) return decideOn(read.table, name);
  const message = read === null ? 'It is larger than a table of 30 by 30 can be.' : read.message;
  return { kind: 'problem', title: `${name} cannot be opened`, issues: [{ path: '', message }] };
}

async function payoffsIn(file: File): Promise<DraftTable | null> {
  const text = file.size > largestPayoffs ? null : textOfBytes(new Uint8Array(await file.arrayBuffer()));
  const read = text === null ? null : readPastedTable(text);
  if (!read?.ok) return null;
  const { options, states, payoffs } = read;
  return { options, states, payoffs, sense: 'gain', weights: states.map(() => 1), alpha: 0.5 };
}

function decideOn(table: DraftTable, name: string): FileOutcome {
  payoffTableState.take(table);
  return { kind: 'opened', title: `${name} is open as a payoff table`, notes: [], canUndo: false, place: 'decide' };
}
