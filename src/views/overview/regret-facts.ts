import type { Run } from '../../core/contracts/run.ts';
import type { Fact } from '../../ui/fact.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import { largestRegret } from '../shared/largest-regret.ts';
import type { Money } from '../shared/money.ts';

/** The promise beside what became of it. The two bounds on regret always stand together. */
export function regretFacts(run: Run, money: Money): Fact[] {
  const { oracle, allocation } = run;
  const facts: Fact[] = [];
  if (oracle !== null) {
    facts.push(
      { label: 'ours, true value', value: money.exact(oracle.our_return) },
      { label: 'oracle', value: money.exact(oracle.oracle_return) },
    );
  }
  const theta = largestRegret(allocation);
  if (theta !== null) {
    const label = allocation.rule === 'minimax_regret' ? '\u03b8*, promised at most' : 'largest regret, all turning out alike';
    facts.push({ label, value: money.exact(theta) });
  }
  if (allocation.independent_regret !== null) {
    facts.push({ label: 'exact, independent intervals', value: money.exact(allocation.independent_regret.value) });
  }
  return facts;
}

/** Why the two bounds differ. */
export function boundsSentence(run: Run, money: Money): Phrase[] {
  const { allocation } = run;
  const independent = allocation.independent_regret;
  const theta = largestRegret(allocation);
  if (theta === null || independent === null) return [];
  if (independent.value <= theta || money.exact(theta) === money.exact(independent.value))
    return ['The two bounds agree here: letting each initiative go its own way costs nothing more.'];
  return [
    tone(money.exact(theta), 'regret'),
    ' is the most there is to regret if all initiatives turn out best, median or worst together. If each can go its own way, the same portfolio can lose ',
    tone(money.exact(independent.value), 'regret'),
    ': moving all together hides the risk that those you fund turn out badly while those you pass over turn out well.',
  ];
}
