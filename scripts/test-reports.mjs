// @ts-check
// What vitest and Playwright wrote about a run of theirs, as counts and as the tests that failed, each with its first error.
import { stripVTControlCharacters } from 'node:util';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[] }} Summary */

const longest = 2_000;

// A file that does not even load has no tests to count; it counts as one failure.
/** @param {any} report @returns {Summary} */
export function readVitest(report) {
  const files = report.testResults.filter((/** @type {any} */ file) => file.status === 'failed');
  const unloaded = files.filter((/** @type {any} */ file) => file.assertionResults.length === 0);
  const failures = files.flatMap((/** @type {any} */ file) =>
    file.assertionResults
      .filter((/** @type {any} */ test) => test.status === 'failed')
      .map((/** @type {any} */ test) => told(`${file.name}: ${test.fullName}`, test.failureMessages[0])),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [...failures, ...unloaded.map((/** @type {any} */ file) => told(file.name, file.message))],
  };
}

/** @param {any} report @returns {Summary} */
export function readPlaywright({ stats, suites, errors }) {
  const failures = suites
    .flatMap(specsOf)
    .filter((/** @type {any} */ spec) => !spec.ok)
    .map((/** @type {any} */ spec) => {
      const failed = spec.tests.flatMap((/** @type {any} */ test) => test.results).find((/** @type {any} */ result) => result.error);
      return told(`${spec.file}:${spec.line}: ${spec.title}`, failed && `${failed.error.message}\n${failed.error.snippet ?? ''}`);
    });
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [...failures, ...errors.map((/** @type {any} */ error) => told('outside of any test', error.message))],
  };
}

/** @param {any} suite @returns {any[]} */
function specsOf(suite) {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

/** @param {string} name @param {string | undefined} error */
function told(name, error = 'no error was reported') {
  return `${name}\n${stripVTControlCharacters(error).slice(0, longest)}`;
}
