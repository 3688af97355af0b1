import { jobArchiveFileNames as top, jobFileNames as job } from '../../core/contracts/job-directory.ts';
import type { Run } from '../../core/contracts/run.ts';
import type { FamilyGap } from './family-gaps.ts';
import { scriptWrites } from './family-script.ts';

/** `README.txt`: what the files are, in which unit, how they are read, and what cannot be told in them. */
export function readMe(run: Run, gaps: readonly FamilyGap[]): string {
  const { scenario, replication, digest } = run;
  return `${scenario.title}
seed ${scenario.seed}, replication ${replication}, digest ${digest}

One directory per initiative, and beside them:
  ${top.scenario}  the scenario, whole: open this archive in the workbench, and it is run again and held against the digest
  ${top.run}       which replication this is, its digest, and what was decided
  ${top.allocation} budget, threshold, floor, rule and costs, as impact_engine_allocate reads them
  ${top.script}  evaluates and allocates with the Python packages and compares

In a directory:
  ${job.manifest}         kind of evidence, strategy of the evaluation, list of files
  ${job.impactResults}   the estimate, flat and in the form that allocate's reader knows
  ${job.measureResult}   the estimate, flat
  ${job.evaluateResult}  confidence and returns
  ${job.scoreResult}     how the confidence was drawn (not where it was stated)
  ${job.pilot}             the data of the pilot, as the method was given them (not where returns were stated)

Units. The Python packages take an effect for a return. So what they read is in ${scenario.currency} at scale: the effect per product and
period times units_at_scale. The effect itself is under "measurement" in ${job.impactResults}. The flat keys are as measured; "data"
holds the returns that were decided on, which a correction or a what-if may have changed.

Forms. Of the forms that allocate's reader knows, "experiment" and "synthetic_control" keep an interval as it is, so "model_type" in
${job.impactResults} is one of these whatever the method; ${job.manifest} has the kind of evidence, "measurement" the method.

Python.
  from impact_engine_evaluate.api import evaluate_confidence
  from impact_engine_allocate import allocate_portfolio
  evaluate_confidence(None, "${run.evaluate_results[0]?.initiative_id ?? 'initiative'}")
  allocate_portfolio("${top.allocation}", ".")
They write ${scriptWrites.join(', ')}. Keep no other directory here: allocate takes every one for an initiative.

What the Python packages cannot be told:
${gaps.length === 0 ? '  nothing is left out.' : gaps.map(({ text }) => `  - ${text}`).join('\n')}
`;
}
