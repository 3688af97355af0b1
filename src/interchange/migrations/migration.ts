/** What stands after the ? of an address, by name. */
export type LinkParameters = Readonly<Record<string, string>>;

/**
 * What makes a link of one released version a link of the next.
 *
 * A link is a difference from a preset, so it opens right only as long as the preset stays what it was. The presets of every
 * released version are on record in test/reference/released, and a test fails where one of them has changed. Then:
 *
 * 1. Add a migration `from-N.ts`, N being the present version, to the list in index.ts: links are made in version N + 1 from then on.
 * 2. Give it, under `presets`, each changed or withdrawn preset as released/version-N/presets.json has it.
 * 3. Where parameters of links or fields of the scenario have changed their meaning, translate them in `parameters` and `scenario`.
 *    A field that is only added needs nothing, since whoever reads a scenario fills in its default.
 * 4. Record links of the new version: npx tsx test/reference/make-released-links.ts
 */
export type Migration = {
  readonly from: number;
  readonly parameters: (parameters: LinkParameters) => LinkParameters;
  /** Presets as they stood up to this version, where they have changed or gone since; each is fetched when a link needs it. */
  readonly presets: Readonly<Record<string, () => Promise<unknown>>>;
  /** A whole scenario, not yet checked. */
  readonly scenario: (scenario: unknown) => unknown;
};

/** Every migration in order, the first from version 1. */
export type Migrations = readonly Migration[];

/** The version of the links that are made now. */
export function newestVersion(migrations: Migrations): number {
  return migrations.length + 1;
}

export function migrateParameters(parameters: LinkParameters, version: number, migrations: Migrations): LinkParameters {
  return since(version, migrations).reduce((read, migration) => migration.parameters(read), parameters);
}

export function migrateScenario(scenario: unknown, version: number, migrations: Migrations): unknown {
  return since(version, migrations).reduce((read, migration) => migration.scenario(read), scenario);
}

/** The preset as links of that version mean it; undefined where it has not changed since. */
export async function frozenPreset(id: string, version: number, migrations: Migrations): Promise<unknown> {
  const holder = since(version, migrations).find(({ presets }) => Object.hasOwn(presets, id));
  return holder?.presets[id]?.();
}

function since(version: number, migrations: Migrations): Migrations {
  return migrations.filter(({ from }) => from >= version);
}
