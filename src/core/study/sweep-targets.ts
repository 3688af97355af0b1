import { InputError } from '../contracts/input-error.ts';
import { nearestName, type Parsed } from '../contracts/parameter.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { SweepTarget } from './sweep-plan.ts';
import { suggestedValues } from './sweep-suggestions.ts';
import { sweepLevers, type SweepLever } from './sweep-levers.ts';

/** Every number of a scenario that can be swept: those of the decision, of all initiatives together, and of each. */
export function sweepTargets(scenario: Scenario): readonly SweepTarget[] {
  return sweepLevers(scenario)
    .filter(({ possible }) => possible)
    .map((lever) => targetOf(lever));
}

/**
 * The target at a path. Initiatives are named by id or by place, a flaw by its id; `parameters` may be written or left out.
 * @throws InputError where there is no such number.
 */
export function sweepTarget(scenario: Scenario, path: string): SweepTarget {
  return targetOf(requireLever(scenario, path));
}

/** The scenario with another value at the path, checked as any other: what does not fit is an issue. */
export function scenarioAt(scenario: Scenario, path: string, value: number): Parsed<Scenario> {
  try {
    return parseScenario(requireLever(scenario, path).set(scenario, value));
  } catch (error) {
    if (error instanceof InputError) return { ok: false, issues: error.issues };
    throw error;
  }
}

function requireLever(scenario: Scenario, path: string): SweepLever {
  const levers = sweepLevers(scenario);
  const wanted = canonicalPath(scenario, path);
  const found = levers.find((lever) => lever.path === wanted);
  if (found !== undefined) return found;
  const known = levers.map((lever) => lever.path);
  const near = nearestName(wanted, known) || `; there are, for instance, ${known.slice(0, 5).join(', ')}`;
  throw new InputError([{ path: '', message: `'${path}' is not a number of this scenario that can be swept${near}`, value: path }]);
}

/** Initiatives by id, and without the word `parameters`. */
function canonicalPath(scenario: Scenario, path: string): string {
  const [first, second, ...rest] = path
    .trim()
    .split('.')
    .filter((part) => part !== 'parameters');
  if ((first !== 'initiatives' && first !== 'what_if') || second === undefined)
    return [first, second, ...rest].filter((part) => part !== undefined).join('.');
  const named = first === 'initiatives' ? scenario.initiatives : scenario.what_if;
  const isId = second === '*' || named.some(({ initiative_id: id }) => id === second);
  const id = isId ? second : ((/^\d+$/.test(second) ? named[Number(second)]?.initiative_id : undefined) ?? second);
  return [first, id, ...rest].join('.');
}

function targetOf({ path, label, group, initiative, number, current }: SweepLever): SweepTarget {
  const { unit, min, max, integer } = number;
  return { path, label, group, initiative, unit, min, max, integer, current, suggested: suggestedValues(number, current) };
}
