import type { Initiative, Scenario } from '../../core/scenario/scenario.ts';
import type { ConfigurationFiles, NoCounterpart } from './configuration.ts';
import { exportDecision } from './export-decision.ts';
import { exportInitiative } from './export-initiative.ts';
import { writeYaml, type Writable } from './write-yaml.ts';

/** Problem file, the allocation package's own configuration, and a measurement and a simulation for each initiative. */
export function configurationFiles(scenario: Scenario): ConfigurationFiles {
  const decision = exportDecision(scenario);
  const stems = fileStems(scenario.initiatives);
  const files = new Map<string, string>();
  const lost: NoCounterpart[] = [...decision.noCounterpart];
  const parts: {
    readonly name: string;
    readonly content: { readonly [key: string]: Writable };
    readonly lost: readonly NoCounterpart[];
  }[] = [];
  for (const [i, initiative] of scenario.initiatives.entries()) {
    const path = `initiatives.${i}`;
    if (initiative.source === 'stated') {
      lost.push(statedLoss(initiative, path));
      continue;
    }
    const stem = stems[i] as string;
    const { measurement, simulation, noCounterpart } = exportInitiative(initiative, decision.seed, path, `data/initiatives/${stem}`);
    lost.push(...noCounterpart);
    parts.push(
      { name: `configs/${stem}.yaml`, content: measurement, lost: noCounterpart },
      { name: `configs/simulator/${stem}.yaml`, content: simulation, lost: [] },
    );
  }
  const listed = scenario.initiatives.map(({ initiative_id, cost_to_scale, source }, i) => ({
    initiative_id,
    cost_to_scale,
    ...(source === 'simulated' ? { measure_config: `configs/${stems[i] as string}.yaml` } : {}),
    evaluate_strategy: 'score',
  }));
  files.set('config.yaml', writeYaml(heading(scenario.title, lost), { ...decision.problem, INITIATIVES: listed }));
  if (listed.length > 0) files.set('allocate.yaml', writeYaml(['For the allocation package on its own.'], decision.allocation));
  for (const { name, content, lost: own } of parts) files.set(name, writeYaml(own.length > 0 ? heading('', own) : [], content));
  return { files, noCounterpart: lost };
}

function statedLoss(initiative: Extract<Initiative, { source: 'stated' }>, path: string): NoCounterpart {
  const { R_worst, R_med, R_best, confidence } = initiative;
  return {
    path,
    value: { R_worst, R_med, R_best, confidence },
    why: 'its returns are stated and not measured; theirs has no such initiative, so that only its id and its cost are written',
  };
}

/** The title, and what got lost, a line each. */
function heading(title: string, lost: readonly NoCounterpart[]): string[] {
  const lines = lost.map(({ path, value, why }) => `  ${path} = ${shown(value)}: ${why}`);
  return [...(title === '' ? [] : [title]), ...(lines.length === 0 ? [] : ['Not said by these files, or said otherwise:', ...lines])];
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 120 ? `${text.slice(0, 119)}\u2026` : text;
}

const reservedOnWindows = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A file name for each id, different also where case does not count. */
function fileStems(initiatives: readonly Initiative[]): readonly string[] {
  const taken = new Set<string>();
  return initiatives.map(({ initiative_id: id }) => {
    let stem = reservedOnWindows.test(id) ? `${id}-initiative` : id;
    for (let n = 2; taken.has(stem.toLowerCase()); n += 1) stem = `${id}-${n}`;
    taken.add(stem.toLowerCase());
    return stem;
  });
}
