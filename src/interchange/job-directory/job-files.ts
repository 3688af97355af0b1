import { jobFileNames, jobSchemaVersion } from '../../core/contracts/job-directory.ts';
import { confidenceRange } from '../../core/contracts/evaluate-result.ts';
import { flatEstimate, impactResults, type JobFacts } from './impact-results.ts';

/** A file of an archive: where it lies and what it says. */
export type TextFile = { readonly path: string; readonly text: string };

/** The job directory of one initiative, named by its id. */
export function jobFiles(facts: JobFacts): readonly TextFile[] {
  const contents = [
    { key: 'impact_results', name: jobFileNames.impactResults, text: jsonText(impactResults(facts)) },
    { key: 'measure_result', name: jobFileNames.measureResult, text: jsonText(flatEstimate(facts)) },
    { key: 'evaluate_result', name: jobFileNames.evaluateResult, text: jsonText(evaluateResult(facts)) },
    ...(isStated(facts) ? [] : [{ key: 'score_result', name: jobFileNames.scoreResult, text: jsonText(scoreResult(facts)) }]),
    ...(facts.pilot === null ? [] : [{ key: 'pilot', name: jobFileNames.pilot, text: facts.pilot.csv }]),
  ];
  const { initiative_id: id } = facts.initiative;
  const listed = Object.fromEntries(contents.map(({ key, name }) => [key, { path: name, format: name.split('.').at(-1) }]));
  const manifest = {
    schema_version: jobSchemaVersion,
    model_type: facts.evaluation.model_type,
    evaluate_strategy: strategyOf(facts),
    created_at: facts.created_at,
    initiative_id: id,
    files: listed,
  };
  return [
    { path: `${id}/${jobFileNames.manifest}`, text: jsonText(manifest) },
    ...contents.map(({ name, text }) => ({ path: `${id}/${name}`, text })),
  ];
}

/** Indented by two and ended by a line break, as Python's tools leave it. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A confidence that is stated is not to be drawn again: no package knows this strategy, so none writes over it. */
function strategyOf(facts: JobFacts): 'score' | 'stated' {
  return isStated(facts) ? 'stated' : 'score';
}

function isStated({ initiative }: JobFacts): boolean {
  return initiative.source === 'stated';
}

function evaluateResult(facts: JobFacts): unknown {
  const { evaluation } = facts;
  const [lower, upper] = confidenceRange[evaluation.model_type];
  const report = isStated(facts)
    ? 'The confidence was stated, not worked out.'
    : `The confidence is drawn from ${lower} to ${upper}, the range of ${evaluation.model_type}; the id decides where.`;
  return { ...evaluation, confidence_range: [lower, upper], strategy: strategyOf(facts), report };
}

function scoreResult({ evaluation }: JobFacts): unknown {
  const { initiative_id, confidence, model_type } = evaluation;
  return { initiative_id, confidence, confidence_range: [...confidenceRange[model_type]] };
}
