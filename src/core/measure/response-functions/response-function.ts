/**
 * How an outcome answers to a metric, up to one coefficient that somebody believes. Adding one is a file with
 * `defineResponseFunction` and a line in `index.ts`.
 */
export type ResponseFunction<Id extends string = string> = {
  readonly id: Id;
  readonly label: string;
  /** What the coefficient is, in one plain sentence. */
  readonly coefficient: string;
  /** Believed where nobody says otherwise: about right for a quality score near the middle of its range. */
  readonly defaultCoefficient: number;
  /**
   * Relative change of the outcome when the metric goes from before to after: 0.1 is 10% more. `scale` is where a saturating
   * response bends. Not finite where the response has no meaning.
   */
  readonly change: (before: number, after: number, coefficient: number, scale: number) => number;
  /** Derivative of `change` with respect to the coefficient. */
  readonly slope: (before: number, after: number, coefficient: number, scale: number) => number;
};

export function defineResponseFunction<const Id extends string>(definition: ResponseFunction<Id>): ResponseFunction<Id> {
  return definition;
}

/**
 * Change and slope of an outcome in proportion to 1 + coefficient * shape(metric): what a step is worth depends on where it
 * begins. No meaning where that level would not be positive.
 */
export function levelResponse(shape: (metric: number, scale: number) => number): Pick<ResponseFunction, 'change' | 'slope'> {
  const levelAt = (before: number, coefficient: number, scale: number) => {
    const level = 1 + coefficient * shape(before, scale);
    return level > 0 ? level : NaN;
  };
  return {
    change: (before, after, coefficient, scale) =>
      (coefficient * (shape(after, scale) - shape(before, scale))) / levelAt(before, coefficient, scale),
    slope(before, after, coefficient, scale) {
      const level = levelAt(before, coefficient, scale);
      return (shape(after, scale) - shape(before, scale)) / (level * level);
    },
  };
}
