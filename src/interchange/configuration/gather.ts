import type { Issue } from '../../core/contracts/input-error.ts';
import { loose } from './gather-loose.ts';
import { fromProblem } from './gather-problem.ts';
import type { Configuration } from './gathered.ts';
import type { Ledger } from './ledger.ts';
import type { Kind, Source } from './sources.ts';

type Gathered = { readonly ok: true; readonly configuration: Configuration } | { readonly ok: false; readonly issues: readonly Issue[] };

export function gather(ledger: Ledger, sources: readonly Source[]): Gathered {
  const of = (kind: Kind) => sources.filter((source) => source.kind === kind);
  const doubled = [of('problem'), of('allocation')].find((found) => found.length > 1);
  if (doubled !== undefined) {
    const names = doubled.map(({ file }) => file).join(', ');
    return {
      ok: false,
      issues: [
        {
          path: '',
          message: `there are several ${doubled[0]?.kind === 'problem' ? 'problem files' : 'allocation configurations'}: ${names}; give the one that is meant`,
        },
      ],
    };
  }
  const [problem] = of('problem');
  const [allocation] = of('allocation');
  const configuration = problem === undefined ? loose(ledger, sources, allocation) : fromProblem(ledger, sources, problem, allocation);
  if (configuration.initiatives.length === 0 && problem === undefined) {
    const why =
      'none of the files names an initiative: a problem file has initiatives, an allocation has costs, a measurement has DATA and MEASUREMENT, a simulation has RULE';
    return { ok: false, issues: [{ path: '', message: why }] };
  }
  return { ok: true, configuration };
}
