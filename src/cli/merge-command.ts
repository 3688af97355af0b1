import { mergeStudies } from '../core/study/study-document.ts';
import { readJsonFile, UsageError, type Command } from './command.ts';
import { documentOf, withStudyRunner, written } from './study-command.ts';

export const mergeCommand: Command = {
  usage: 'merge FILE... [--out FILE]   puts shards of one study together: the same document as the study run at once',
  async run(words) {
    const at = words.indexOf('--out');
    const out = at < 0 ? undefined : words[at + 1];
    if (at >= 0 && out === undefined) throw new UsageError('--out is missing its file');
    const files = words.filter((_, i) => at < 0 || (i !== at && i !== at + 1));
    const option = files.find((word) => word.startsWith('--'));
    if (option !== undefined) throw new UsageError(`there is no option ${option}`);
    if (files.length === 0) throw new UsageError('give the files to merge');
    const { plan, tally } = mergeStudies(files.map((name) => ({ name, document: readJsonFile(name) })));
    const document = await withStudyRunner(undefined, (runner) => documentOf(plan, tally, runner));
    return out === undefined ? document : written(document, out);
  },
};
