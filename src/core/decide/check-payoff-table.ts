import { InputError, type Issue } from '../contracts/input-error.ts';
import { unknownName } from '../contracts/parameter.ts';
import { compareFractions, fractionOf, minus, negative, oneFraction, plus, zeroFraction } from '../numeric/exact-fraction.ts';
import { largestTable, payoffSenses, type PayoffSense, type PayoffTable } from './payoff-table.ts';

/** The table, checked. `null` for weights or alpha means not given. @throws InputError that lists everything wrong with it, by path. */
export function checkPayoffTable(given: unknown): PayoffTable {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new InputError([{ path: '', message: `must be an object ${shape} (found ${describe(given)})`, value: given }]);
  const table = given as Fields;
  const issues: Issue[] = [];
  const report: Report = (path, message, ...value) => void issues.push({ path, message, ...(value.length > 0 ? { value: value[0] } : {}) });
  const options = checkNames(table, 'options', 'option', largestTable.options, report);
  const states = checkNames(table, 'states', 'state', largestTable.states, report);
  checkPayoffs(table.payoffs, options, states, report);
  checkSense(table.sense, report);
  checkWeights(table.weights, states, report);
  checkAlpha(table.alpha, report);
  checkFields(table, report);
  if (issues.length > 0) throw new InputError(issues);
  const { weights, alpha } = table as { readonly weights?: readonly number[] | null; readonly alpha?: number | null };
  return {
    options: options as string[],
    states: states as string[],
    payoffs: table.payoffs as number[][],
    sense: table.sense as PayoffSense,
    ...(weights == null ? {} : { weights }),
    ...(alpha == null ? {} : { alpha }),
  };
}

type Fields = Readonly<Record<string, unknown>>;
type Names = readonly unknown[] | null;
type Report = (path: string, message: string, ...value: [unknown?]) => void;

const shape = '{ options[], states[], payoffs[][] (a row per option, a column per state), sense: gain | cost, weights?, alpha? }';
const fields = ['options', 'states', 'payoffs', 'sense', 'weights', 'alpha'] as const;
/** Sums of hundreds stay finite. */
const largestPayoff = 1e300;
const weightsTolerance = fractionOf(1e-6);

function checkNames(table: Fields, path: 'options' | 'states', one: string, most: number, report: Report): Names {
  const names = table[path];
  if (!Array.isArray(names)) {
    report(
      path,
      names === undefined ? `is missing: it lists the name of every ${one}` : `must be a list of names (found ${describe(names)})`,
      names,
    );
    return null;
  }
  if (names.length === 0) report(path, `must name at least one ${one}`, names);
  if (names.length > most) report(path, `may name at most ${most} (found ${names.length})`);
  const firstAt = new Map<string, number>();
  names.forEach((name: unknown, i) => {
    if (typeof name !== 'string' || name.trim() === '') {
      report(`${path}.${i}`, `must be text that is not empty (found ${describe(name)})`, name);
      return;
    }
    const first = firstAt.get(name.trim());
    if (first === undefined) firstAt.set(name.trim(), i);
    else report(`${path}.${i}`, `'${name}' is used twice (also ${path}.${first}); every ${one} needs a name of its own`, name);
  });
  return names as unknown[];
}

function checkPayoffs(payoffs: unknown, options: Names, states: Names, report: Report): void {
  if (!Array.isArray(payoffs)) {
    const missing = 'is missing: it holds a row of numbers for every option';
    report('payoffs', payoffs === undefined ? missing : `must be a list of rows (found ${describe(payoffs)})`, payoffs);
    return;
  }
  if (options !== null && payoffs.length !== options.length) {
    const transposed = payoffs.length === states?.length ? '; it has a row per state: exchange rows and columns' : '';
    report('payoffs', `needs a row for each of the ${options.length} options (found ${payoffs.length} rows${transposed})`);
  }
  const cells = (options?.length ?? 0) * (states?.length ?? 0);
  if (cells > largestTable.cells) report('payoffs', `may have at most ${largestTable.cells} cells (found ${cells})`);
  payoffs.forEach((row: unknown, i) => {
    const name = typeof options?.[i] === 'string' ? ` of '${options[i]}'` : '';
    if (!Array.isArray(row)) {
      report(`payoffs.${i}`, `the row${name} must be a list of numbers (found ${describe(row)})`, row);
      return;
    }
    if (states !== null && row.length !== states.length)
      report(`payoffs.${i}`, `the row${name} needs a number for each of the ${states.length} states (found ${row.length})`, row);
    row.forEach((value: unknown, j) => checkPayoff(value, `payoffs.${i}.${j}`, report));
  });
}

function checkPayoff(value: unknown, path: string, report: Report): void {
  if (typeof value !== 'number' || !Number.isFinite(value)) report(path, `must be a finite number (found ${describe(value)})`, value);
  else if (Math.abs(value) > largestPayoff) report(path, `must lie between -${largestPayoff} and ${largestPayoff} (found ${value})`, value);
}

function checkSense(sense: unknown, report: Report): void {
  if (payoffSenses.some((known) => known === sense)) return;
  const meaning = 'gain (large is good) or cost (small is good)';
  if (sense === undefined) report('sense', `is missing: say whether the payoffs are ${meaning}`);
  else if (typeof sense === 'string') report('sense', `'${sense}' ${unknownName(sense, payoffSenses)}`, sense);
  else report('sense', `must be ${meaning} (found ${describe(sense)})`, sense);
}

function checkWeights(weights: unknown, states: Names, report: Report): void {
  if (weights == null) return;
  if (!Array.isArray(weights)) {
    report('weights', `must be a list with a number for every state, in their order (found ${describe(weights)})`, weights);
    return;
  }
  if (states !== null && weights.length !== states.length)
    report('weights', `needs a number for each of the ${states.length} states (found ${weights.length})`, weights);
  const isWeight = (weight: unknown) => typeof weight === 'number' && weight >= 0 && weight <= largestPayoff;
  weights.forEach((weight: unknown, j) => {
    if (!isWeight(weight)) report(`weights.${j}`, `must be a number of at least 0 (found ${describe(weight)})`, weight);
  });
  if (weights.length === 0 || !weights.every(isWeight)) return;
  const excess = minus((weights as number[]).map(fractionOf).reduce(plus, zeroFraction), oneFraction);
  const isNear = compareFractions(excess, weightsTolerance) <= 0 && compareFractions(excess, negative(weightsTolerance)) >= 0;
  const sum = (weights as number[]).reduce((total, weight) => total + weight, 0);
  if (!isNear) report('weights', `must add up to 1 (found ${Number(sum.toPrecision(12))}); divide each by their sum`, weights);
}

function checkAlpha(alpha: unknown, report: Report): void {
  if (alpha == null || (typeof alpha === 'number' && alpha >= 0 && alpha <= 1)) return;
  report('alpha', `must be a number between 0 and 1 (found ${describe(alpha)})`, alpha);
}

/** A file may hold more than the table; a name that is nearly one of ours is a slip. */
function checkFields(table: Fields, report: Report): void {
  const missing = fields.filter((field) => !Object.hasOwn(table, field));
  for (const name of Object.keys(table)) {
    if ((fields as readonly string[]).includes(name)) continue;
    const message = unknownName(name, missing);
    if (message.includes('did you mean')) report(name, message, table[name]);
  }
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
