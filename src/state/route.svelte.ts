import {
  formatAddress,
  isStandIn,
  linkIsTooLong,
  linkVersion,
  parseAddress,
  replicationText,
  standIn,
  type Place,
  type ReadAddress,
  type ScenarioQuery,
} from '../interchange/link.ts';
import { defaultPreset } from '../core/scenario/presets/index.ts';

const first = parseAddress(location.hash);
let place = $state<Place>(first.place);
let initiative = $state<string | null>(first.initiative);
let table = $state<string | null>(first.table);
/** The query of the default preset, which an address leaves out. */
export const emptyQuery: ScenarioQuery = { preset: defaultPreset.id, difference: null, replication: null, digest: null, witness: null };
let query = $state.raw<ScenarioQuery>(emptyQuery);
/** The difference of the scenario in hand where it is too long for a link; entries of the history keep it, and the address only its sign. */
let held: string | null = null;

/** Where the person is. The scenario part of the address is kept in every link. */
export const route = {
  get place() {
    return place;
  },
  get initiative() {
    return initiative;
  },
  /** The payoff table in the address, compressed. */
  get table() {
    return table;
  },
  href(toPlace: Place, toInitiative: string | null = initiative): string {
    return formatAddress({ place: toPlace, initiative: toInitiative, query, table });
  },
  /** The scenario in hand in another replication; no digest is known for that. */
  hrefOfReplication(replication: number, toPlace: Place = place, toInitiative: string | null = initiative): string {
    const asked = { ...query, replication: replicationText(replication), digest: null, witness: null };
    return formatAddress({ place: toPlace, initiative: toInitiative, query: asked, table });
  },
  /** Goes there without an entry in the history: a change of the scenario follows at once and makes one. */
  turn(toPlace: Place, toInitiative: string | null = initiative): void {
    place = toPlace;
    initiative = toInitiative;
  },
  go(toPlace: Place, toInitiative: string | null = initiative): void {
    place = toPlace;
    initiative = toInitiative;
    writeEntry(this.href(toPlace, toInitiative), false);
  },
};

/** For the state layer: what the address says, kept in step with the scenario. */
export const addressBar = {
  /** Takes over place and initiative from the address; returns it all, and whether it is the scenario already at hand. */
  read() {
    const address = parseAddress(location.hash);
    place = address.place;
    initiative = address.initiative;
    table = address.table;
    const { difference } = address.query;
    const atHand = isAtHand(address);
    if (atHand && held !== null && heldByEntry(difference) === null) writeEntry(location.hash, true);
    return { ...address, atHand, held: heldByEntry(difference) };
  },
  /** Writes the scenario part; a new entry in the history unless `replace`. */
  write(newQuery: ScenarioQuery, replace: boolean): void {
    this.adopt(newQuery);
    const href = route.href(place, initiative);
    if (href !== location.hash) writeEntry(href, replace);
  },
  /** Writes the payoff table; no entry in the history, since the table has an undo of its own. */
  writeTable(text: string | null): void {
    table = text;
    if (place === 'decide') writeEntry(route.href(place, initiative), true);
  },
  /** The scenario part as it stands, for links, without touching the address (a broken link stays as it was). */
  adopt(newQuery: ScenarioQuery): void {
    const { difference } = newQuery;
    held = difference !== null && !isStandIn(difference) && linkIsTooLong(difference) ? difference : null;
    query = held === null ? newQuery : { ...newQuery, difference: standIn(held) };
  },
};

/** Whether an address holds what is at hand already, and promises nothing else of it. */
function isAtHand({ query: asked, version, repeated }: ReadAddress): boolean {
  const { preset, difference, replication, digest, witness } = asked;
  const isSame = preset === query.preset && difference === query.difference && replication === query.replication;
  const isOurs = (version === null || version === String(linkVersion)) && repeated.length === 0;
  return isSame && isOurs && (digest === null || digest === query.digest) && (witness === null || witness === query.witness);
}

function writeEntry(href: string, replace: boolean): void {
  try {
    history[replace ? 'replaceState' : 'pushState'](held, '', href);
  } catch {
    // Browsers refuse entries that come too thick or too large; the address follows with the next change.
  }
}

/** The difference that this entry of the history keeps, if it is the one the address stands for. */
function heldByEntry(sign: string | null): string | null {
  const kept: unknown = history.state;
  return typeof kept === 'string' && isStandIn(sign) && standIn(kept) === sign ? kept : null;
}
