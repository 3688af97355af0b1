export type { CodeHeader, CodeQuestion } from './code-script.ts';
export { codeQuestion } from './code-question.ts';
export { codeLanguages, leftOut, type CodeLanguage, type CodeLanguageId, type LeftOut } from './languages.ts';
export { runEstimates, runQuestion, type RunEstimate } from './run-questions.ts';
