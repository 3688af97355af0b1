import {
  commentText,
  inOrderOfNeed,
  writeQuestions,
  type CodeAnswer,
  type CodeHeader,
  type CodePiece,
  type CodeQuestion,
  type MethodCode,
  type Tolerance,
} from './code-script.ts';

/** A language that scripts are written in: its methods, and how it says what every script says. */
export type CodeLanguage = {
  readonly label: string;
  /** The script's file, beside the data. */
  readonly file: string;
  readonly methods: readonly MethodCode[];
  /** Reads the files, compares (`check`), passes over (`note`) and reports in the end; it stands first in every script. */
  readonly frame: CodePiece;
  /** What the script needs and how it is run, by line. */
  readonly howToRun: readonly string[];
  /** Empty lines between the parts of a script. */
  readonly emptyLines: number;
  /** A text as the language writes it. */
  readonly text: (text: string) => string;
  /** Works the answer out and lays the expected one beside it. */
  readonly check: (answer: CheckedAnswer) => string;
};

/** `names` are initiative and method, as the language writes them; `why` is a line of comment on the tolerance, or none. */
export type CheckedAnswer = {
  readonly names: string;
  readonly lines: string;
  readonly expected: CodeAnswer;
  readonly tolerance: Tolerance;
  readonly why: readonly string[];
  readonly position: number;
};

/** One script that answers every question from its CSV file and lays the given answers beside its own. */
export function writeScript(language: CodeLanguage, header: CodeHeader, questions: readonly CodeQuestion[]): string {
  const written = writeQuestions(language.methods, questions);
  const pieces = inOrderOfNeed([language.frame, ...written.flatMap((asked) => ('needs' in asked.written ? asked.written.needs : []))]);
  const parts = written.map(({ question, file, expected, written: lines }, position) => {
    const [id, method] = [commentText(question.initiative_id), question.method];
    const names = `${language.text(id)}, ${language.text(method)}`;
    const title = `# ---- ${id}: ${commentText(method)} on ${commentText(file)}`;
    if ('notReproduced' in lines) return `${title}\nnote(${names}, ${language.text(noteText(lines.notReproduced, expected))})`;
    if (expected === null) throw new Error(`lines for '${id}', which has no answer`);
    const { tolerance } = lines;
    const why = tolerance.why === null ? [] : [`# Compared less strictly: ${commentText(tolerance.why)}.`];
    return `${title}\n${language.check({ names, lines: lines.lines, expected, tolerance, why, position })}`;
  });
  const blocks = [headText(language, header), ...pieces.map(({ code }) => code.trim()), ...parts, 'report()'];
  return `${blocks.join('\n'.repeat(language.emptyLines + 1))}\n`;
}

/** The expected figures by name, each as the language writes it. */
export function answerEntries(expected: CodeAnswer): readonly (readonly [name: string, value: number | null])[] {
  const { estimate, standard_error, ci_lower, ci_upper, p_value } = expected;
  return Object.entries({ estimate, standard_error, ci_lower, ci_upper, p_value });
}

/** Tolerances of figures that may differ by more than the others. */
export function otherTolerances({ figures = {} }: Tolerance): readonly (readonly [name: string, value: number])[] {
  return Object.entries(figures).map(([name, value]) => [name, Number(value.toPrecision(3))]);
}

function noteText(reason: string, expected: CodeAnswer | null): string {
  return commentText(expected === null ? reason : `not reproduced by this script: ${reason}`);
}

function headText({ howToRun }: CodeLanguage, { title, link, digest }: CodeHeader): string {
  const about = [title, ...(link === null ? [] : [link]), ...(digest === null ? [] : [`Digest ${digest}`])];
  const purpose = [
    "Works out every estimate again, from the CSV files beside this script, and compares it with the workbench's.",
    ...howToRun,
    'Ends with status 1 if any figure differs by more than is stated for it.',
  ];
  return [...about.map((line) => `# ${commentText(line)}`), '#', ...purpose.map((line) => `# ${line}`)].join('\n');
}
