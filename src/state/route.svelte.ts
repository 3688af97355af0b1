import { formatAddress, parseAddress, replicationText, type Place, type ScenarioQuery } from '../interchange/link.ts';
import { defaultPreset } from '../core/scenario/presets/index.ts';

const first = parseAddress(location.hash);
let place = $state<Place>(first.place);
let initiative = $state<string | null>(first.initiative);
let table = $state<string | null>(first.table);
let query = $state.raw<ScenarioQuery>({ preset: defaultPreset.id, difference: null, replication: null, digest: null });

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
    const asked = { ...query, replication: replicationText(replication), digest: null };
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
    history.pushState(null, '', this.href(toPlace, toInitiative));
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
    const { preset, difference, replication } = address.query;
    const atHand = preset === query.preset && difference === query.difference && replication === query.replication;
    return { ...address, atHand };
  },
  /** Writes the scenario part; a new entry in the history unless `replace`. */
  write(newQuery: ScenarioQuery, replace: boolean): void {
    query = newQuery;
    const href = route.href(place, initiative);
    if (href === location.hash) return;
    if (replace) history.replaceState(null, '', href);
    else history.pushState(null, '', href);
  },
  /** Writes the payoff table; no entry in the history, since the table has an undo of its own. */
  writeTable(text: string | null): void {
    table = text;
    if (place === 'decide') history.replaceState(null, '', route.href(place, initiative));
  },
  /** The scenario part as it stands, for links, without touching the address (a broken link stays as it was). */
  adopt(newQuery: ScenarioQuery): void {
    query = newQuery;
  },
};
