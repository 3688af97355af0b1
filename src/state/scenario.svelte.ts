import type { Issue } from '../core/contracts/input-error.ts';
import { parseScenario } from '../core/scenario/parse-scenario.ts';
import { defaultPreset, findPreset } from '../core/scenario/presets/index.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import type { Run } from '../core/contracts/run.ts';
import { lastReplication, linkIsTooLong, scenarioQuery, type ScenarioQuery } from '../interchange/link.ts';
import { engineOf } from '../interchange/link-engine.ts';
import { asWritten, readLink, type ReadLink } from '../interchange/link-reading.ts';
import { formatWitness, witnessOf, type Witness, type WitnessedRun } from '../interchange/link-witness.ts';
import { addressBar, emptyQuery } from './route.svelte.ts';

/** `origin` is the kept scenario it was opened from, or kept as; edits go with it. */
type Version = { readonly scenario: Scenario; readonly preset: string; readonly replication: number; readonly origin?: string | null };
type Listener = (scenario: Scenario, replication: number) => void;
/** What the link promised, and what this page computed; null until it has. A link may not say who made it. */
export type Reproduction = {
  /** What promised the digest: a link, or a file (kept scenarios are files too). */
  readonly from: 'link' | 'file';
  readonly expected: { readonly digest: string; readonly witness: Witness | null };
  readonly got: { readonly digest: string; readonly witness: Witness } | null;
  readonly same: boolean | null;
};
type FinishedRun = WitnessedRun & Pick<Run, 'scenario' | 'replication' | 'digest'>;

const engine = engineOf(navigator.userAgent);
/** Longest difference that is read from where the page itself kept it. */
const longestHeld = 2_000_000;

const first: Version = { scenario: defaultPreset.scenario, preset: defaultPreset.id, replication: 0 };

let past = $state.raw<readonly Version[]>([]);
let present = $state.raw<Version>(first);
let future = $state.raw<readonly Version[]>([]);
let linkError = $state<string | null>(null);
let reproduction = $state.raw<Reproduction | null>(null);
let tooLong = $state(false);
let lastChange: { label: string; at: number } | null = null;
let changed: Listener = () => undefined;
let writing = 0;
/** A change whose address is not written yet: a run that ends sooner must not take its place in the history. */
let owesEntry = false;
let opened = false;

/** Steps kept for undo. */
const historyLength = 200;
/** Edits of one kind that follow each other this quickly are one step (a slider being dragged). */
const coalesceMs = 800;

/** The scenario in hand: always a valid one. Every way of changing it goes through `accept`. */
export const scenarioState = {
  get current() {
    return present.scenario;
  },
  get presetId() {
    return present.preset;
  },
  /** Which replication of it is shown. */
  get replication() {
    return present.replication;
  },
  /** The id of the kept scenario this one was opened from, or kept as. */
  get origin(): string | null {
    return present.origin ?? null;
  },
  get canUndo() {
    return past.length > 0;
  },
  get canRedo() {
    return future.length > 0;
  },
  get linkError() {
    return linkError;
  },
  get reproduction() {
    return reproduction;
  },
  /** No link can hold the scenario in hand: it leaves the page as a file only. */
  get isTooLongForLink() {
    return tooLong;
  },
  dismissLinkError(): void {
    linkError = null;
  },
  /** Tries an edit. Returns what is wrong with it, in which case nothing has changed. */
  change(label: string, edit: (scenario: Scenario) => Scenario): readonly Issue[] {
    const parsed = parseScenario(edit(present.scenario));
    if (!parsed.ok) return parsed.issues;
    const now = performance.now();
    const continues = lastChange?.label === label && now - lastChange.at < coalesceMs;
    lastChange = { label, at: now };
    step({ ...present, scenario: asWritten(parsed.value) }, continues);
    return [];
  },
  /** Goes to another replication of the scenario in hand; can be undone. @throws RangeError for what no link could hold. */
  openReplication(replication: number): void {
    if (!Number.isInteger(replication) || replication < 0 || replication > lastReplication)
      throw new RangeError(`there is no replication ${replication}`);
    if (replication === present.replication) return;
    lastChange = null;
    step({ ...present, replication }, false);
  },
  loadPreset(id: string): void {
    const preset = findPreset(id);
    lastChange = null;
    if (preset !== undefined) step({ scenario: preset.scenario, preset: preset.id, replication: 0 }, false);
  },
  /** Takes a checked scenario from a file or from those kept; can be undone. The run that follows is held against `digest`. */
  open({ digest, witness = null, ...version }: Version & { readonly digest: string | null; readonly witness?: Witness | null }): void {
    lastChange = null;
    step({ ...version, scenario: sameOrNew(asWritten(version.scenario)) }, false);
    if (digest !== null) reproduction = { from: 'file', expected: { digest: digest.slice(0, 12), witness }, got: null, same: null };
  },
  /** Notes that the scenario in hand is kept under that id. */
  setOrigin(origin: string | null): void {
    present = { ...present, origin };
  },
  /** Back to the preset the scenario started from; can be undone. */
  reset(): void {
    this.loadPreset(present.preset);
  },
  undo(): void {
    const previous = past.at(-1);
    if (previous === undefined) return;
    future = [present, ...future];
    past = past.slice(0, -1);
    lastChange = null;
    accept(previous, 'push');
  },
  redo(): void {
    const next = future[0];
    if (next === undefined) return;
    past = [...past, present];
    future = future.slice(1);
    lastChange = null;
    accept(next, 'push');
  },
};

/** For the state layer. */
export const scenarioSource = {
  /** Calls `listener` with every scenario, or replication of it, that becomes the current one. */
  onChange(listener: Listener): void {
    changed = listener;
  },
  /** Takes the scenario from the address (on opening, back and forward). */
  async readAddress(): Promise<void> {
    const address = addressBar.read();
    if (address.atHand && opened) return;
    opened = true;
    const ticket = (writing += 1);
    owesEntry = false;
    const query = address.held === null ? address.query : { ...address.query, difference: address.held };
    const link = await readLink({ ...address, query }, address.held === null ? {} : { longest: longestHeld });
    const toShow = link.ok && link.isOlder ? await inPresentTerms(link) : query;
    if (ticket !== writing) return;
    linkError = link.ok ? null : link.message;
    const { scenario, preset, replication } = link.ok ? link : first;
    reproduction =
      link.ok && link.digest !== null
        ? { from: 'link', expected: { digest: link.digest, witness: link.witness }, got: null, same: null }
        : null;
    lastChange = null;
    addressBar.adopt(link.ok ? toShow : emptyQuery);
    tooLong = link.ok && linkIsTooLong(toShow.difference);
    accept({ scenario: sameOrNew(scenario), preset, replication }, 'none');
  },
  /** Notes the digests a finished run gave: in the address, and against those the link promised. */
  noteRun(run: FinishedRun): void {
    if (run.scenario !== present.scenario || run.replication !== present.replication) return;
    const got = { digest: run.digest.slice(0, 12), witness: witnessOf(run, engine) };
    if (reproduction !== null && reproduction.got === null)
      reproduction = { ...reproduction, got, same: got.digest === reproduction.expected.digest };
    if (linkError === null && reproduction?.same !== false) void writeAddress(true, got);
  },
};

/** A link of an earlier version as this page would make it. */
async function inPresentTerms({ scenario, preset, replication, digest }: ReadLink & { ok: true }): Promise<ScenarioQuery> {
  return { ...(await scenarioQuery(scenario, preset, replication)), digest };
}

/** The scenario in hand where the address holds just that, so that going back to another replication of it keeps what is known of it. */
function sameOrNew(scenario: Scenario): Scenario {
  return JSON.stringify(scenario) === JSON.stringify(present.scenario) ? present.scenario : scenario;
}

function step(version: Version, continues: boolean): void {
  if (!continues) past = [...past, present].slice(-historyLength);
  future = [];
  accept(version, continues ? 'replace' : 'push');
}

function accept(version: Version, address: 'push' | 'replace' | 'none'): void {
  present = version;
  if (address !== 'none') {
    reproduction = null;
    linkError = null;
    void writeAddress(address === 'replace', null);
  }
  changed(version.scenario, version.replication);
}

async function writeAddress(replace: boolean, computed: Reproduction['got']): Promise<void> {
  const ticket = (writing += 1);
  owesEntry ||= !replace;
  const query = await scenarioQuery(present.scenario, present.preset, present.replication);
  if (ticket !== writing) return;
  tooLong = linkIsTooLong(query.difference);
  addressBar.write(
    { ...query, digest: computed?.digest ?? null, witness: computed === null ? null : formatWitness(computed.witness) },
    !owesEntry,
  );
  owesEntry = false;
}
