/** One thing that is wrong with an input: where, what was found, which rule it breaks and what to do. */
export type Issue = {
  /** Dotted path to the field, such as `initiatives.2.cost_to_scale`; empty for the whole input. */
  readonly path: string;
  readonly message: string;
  readonly value?: unknown;
};

/** Input that cannot be used. Carries every issue found, not only the first. */
export class InputError extends Error {
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super(issues.map(describeIssue).join('\n'));
    this.name = 'InputError';
    this.issues = issues;
  }
}

export function inputError(path: string, message: string, value?: unknown): InputError {
  return new InputError([{ path, message, value }]);
}

export function describeIssue(issue: Issue): string {
  return issue.path === '' ? issue.message : `${issue.path}: ${issue.message}`;
}
