// @ts-check
// What vitest and Playwright wrote about a run of theirs: counts, the tests that failed, each with its first error, and those that
// passed only when they were tried again.
import { stripVTControlCharacters } from 'node:util';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[], unsteady: readonly string[] }} Summary */

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
    unsteady: [],
  };
}

/** @param {any} report @returns {Summary} */
export function readPlaywright({ stats, suites, errors }) {
  const specs = suites.flatMap(specsOf);
  const withStatus = (/** @type {string} */ status) =>
    specs.filter((/** @type {any} */ spec) => spec.tests.some((/** @type {any} */ test) => test.status === status)).map(firstErrorOf);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    failures: [...withStatus('unexpected'), ...errors.map((/** @type {any} */ error) => told('outside of any test', error.message))],
    unsteady: withStatus('flaky'),
  };
}

/** @param {any} spec */
function firstErrorOf({ file, line, title, tests }) {
  const failed = tests.flatMap((/** @type {any} */ test) => test.results).find((/** @type {any} */ result) => result.error);
  return told(`${file}:${line}: ${title}`, failed && `${failed.error.message}\n${failed.error.snippet ?? ''}`);
}

/** @param {any} suite @returns {any[]} */
function specsOf(suite) {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

/** @param {string} name @param {string | undefined} error */
function told(name, error = 'no error was reported') {
  return `${name}\n${stripVTControlCharacters(error).slice(0, longest)}`;
}
