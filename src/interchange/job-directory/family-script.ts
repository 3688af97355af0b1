import { confidenceRange } from '../../core/contracts/evaluate-result.ts';
import { jobArchiveFileNames, jobFileNames } from '../../core/contracts/job-directory.ts';

const ranges = Object.entries(confidenceRange).map(([type, [lower, upper]]) => `    "${type}": (${lower}, ${upper}),`);

/**
 * `evaluate_and_allocate.py`: registers the ranges of confidence that the Python package has otherwise or not at all, evaluates every
 * scored directory, allocates, and says whether both agree with the run.
 */
export const familyScript = `"""Evaluate and allocate the job directories beside this file with the Python packages, and compare with the run they are of.

Needs impact_engine_evaluate and impact_engine_allocate.    python ${jobArchiveFileNames.script}
"""

import json
from pathlib import Path

from impact_engine_allocate import allocate_portfolio
from impact_engine_evaluate.api import evaluate_confidence
from impact_engine_evaluate.review.methods import MethodReviewer, MethodReviewerRegistry

RANGES = {
${ranges.join('\n')}
}

here = Path(__file__).resolve().parent
recorded = json.loads((here / "${jobArchiveFileNames.run}").read_text(encoding="utf-8"))

for name, limits in RANGES.items():
    MethodReviewerRegistry.register(name)(type("Reviewer", (MethodReviewer,), {"name": name, "confidence_range": limits}))

differences = 0
for initiative_id, confidence in recorded["scored_confidence"].items():
    found = evaluate_confidence(None, here / initiative_id).confidence
    differences += found != confidence
    print(f"{initiative_id}: confidence {found!r}, " + ("the same" if found == confidence else f"in the run {confidence!r}"))

result = allocate_portfolio(here / "${jobArchiveFileNames.allocation}", here)
funded = sorted(result["selected_initiatives"])
expected = sorted(recorded["allocate_result"]["selected_initiatives"])
print("funded: " + (", ".join(funded) or "none") + (", the same" if funded == expected else ", in the run " + (", ".join(expected) or "none")))
for gap in recorded["not_told"]:
    print("note: " + gap)
raise SystemExit(1 if differences or (funded != expected and not recorded["not_told"]) else 0)
`;

/** For the words beside it. */
export const scriptWrites = [jobFileNames.evaluateResult, jobFileNames.scoreResult, 'allocate_result.json'] as const;
