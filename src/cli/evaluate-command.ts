import { checkContract } from '../core/contracts/check-contract.ts';
import { initiativeIdSchema, modelTypes, type ModelType } from '../core/contracts/shared-types.ts';
import { scoreConfidence } from '../core/evaluate/score.ts';
import { readOptions, required, UsageError, type Command } from './command.ts';

export const evaluateCommand: Command = {
  usage: `evaluate --id ID --model-type (${modelTypes.join(' | ')})`,
  async run(words) {
    const options = readOptions(words, { id: { type: 'string' }, 'model-type': { type: 'string' } });
    const id = checkContract('initiative_id', initiativeIdSchema, required(options.id, 'id'));
    const modelType = required(options['model-type'], 'model-type');
    if (!(modelTypes as readonly string[]).includes(modelType))
      throw new UsageError(`--model-type must be one of ${modelTypes.join(', ')}`);
    return scoreConfidence(id, modelType as ModelType);
  },
};
