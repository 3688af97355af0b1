export type { CodeHeader, CodeQuestion } from './code-script.ts';
export { codeQuestion } from './code-question.ts';
export { codeLanguages, leftOut, type CodeLanguageId, type LeftOut } from './languages.ts';
export { writeScript, type CodeLanguage } from './write-script.ts';
export { runEstimates, runQuestion, type RunEstimate } from './run-questions.ts';
