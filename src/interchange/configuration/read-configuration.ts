import type { Issue } from '../../core/contracts/input-error.ts';
import { parseScenario } from '../../core/scenario/parse-scenario.ts';
import type { ConfigurationReading } from './configuration.ts';
import { gather } from './gather.ts';
import { openLedger, type Ledger } from './ledger.ts';
import { readProblem } from './read-problem.ts';
import { fitScale } from './fit-scale.ts';
import { readSources, type Source } from './sources.ts';

/**
 * The Python family's configurations as a scenario: a problem file with what it refers to, or an allocation, measurements or
 * simulations on their own. File names may have folders. What a file does not say takes their default, and says so.
 */
export function readConfiguration(files: ReadonlyMap<string, string>): ConfigurationReading {
  const read = readSources(files);
  if (!read.ok) return read;
  const ledger = openLedger();
  const gathered = gather(ledger, read.sources);
  if (!gathered.ok) return gathered;
  const given = readProblem(ledger, gathered.configuration);
  if (ledger.issues.length > 0) return { ok: false, issues: ledger.issues };
  const parsed = parseScenario(fitScale(ledger, given));
  if (!parsed.ok) return { ok: false, issues: parsed.issues.map(inScenario) };
  settleStrangers(ledger, read.sources);
  return { ok: true, scenario: parsed.value, ...closed(ledger, read.sources) };
}

/** Last of all: a stage may have taken its settings from such a file. */
function settleStrangers(ledger: Ledger, sources: readonly Source[]): void {
  for (const { kind, tree } of sources) {
    if (kind === 'review') ledger.drop(tree, 'sets up a language model that reviews; here confidence is scored');
    if (kind === 'other') ledger.drop(tree, 'is in a file that configures nothing the workbench knows');
  }
}

function closed(ledger: Ledger, sources: readonly Source[]) {
  return ledger.close(sources.map(({ tree }) => tree));
}

function inScenario({ path, message, value }: Issue): Issue {
  return { path, message: `${message} (in the scenario that the files make)`, value };
}
