import { toJsonSchema, type JsonSchema } from '@valibot/to-json-schema';
import type { Parameter, Parameters } from '../src/core/contracts/parameter.ts';
import { decisionRuleDescriptions } from '../src/core/allocate/descriptions.ts';
import { returnCorrections } from '../src/core/allocate/corrections/index.ts';
import { confidencePenalties } from '../src/core/allocate/penalties/index.ts';
import { estimatorDescriptions } from '../src/core/measure/descriptions.ts';
import { scenarioSchema } from '../src/core/scenario/parse-scenario.ts';
import { assignmentDesigns } from '../src/core/simulate/assignment-designs/index.ts';
import { effects } from '../src/core/simulate/effects/index.ts';
import { flaws } from '../src/core/simulate/flaws/index.ts';

type Entry = { readonly parameters: Parameters };
type Schema = JsonSchema & { [key: string]: unknown };

/**
 * The JSON Schema (draft-07) of a scenario: the shape that `parseScenario` reads, with every entry of every registry and its
 * parameters. What no schema can say (relations between fields) is left to `parseScenario`.
 */
export function scenarioJsonSchema(): Schema {
  const { $schema: dialect, ...schema } = toJsonSchema(scenarioSchema, {
    typeMode: 'input',
    errorMode: 'ignore',
    ignoreActions: ['check', 'transform'],
  }) as Schema;
  const properties = schema.properties as Record<string, Schema>;
  return {
    $schema: dialect,
    title: 'Scenario of the impact workbench',
    description: 'Everything a run depends on. What is left out takes its default; relations between fields are checked when it is read.',
    ...schema,
    properties: {
      $schema: { type: 'string' },
      ...properties,
      decision_rule: reference('decision_rule'),
      confidence_penalty: reference('confidence_penalty'),
      return_correction: reference('return_correction'),
      initiatives: initiatives(properties['initiatives'] as Schema),
    },
    definitions: {
      decision_rule: choice('How the portfolio is chosen.', decisionRuleDescriptions),
      confidence_penalty: choice('How missing confidence discounts returns.', confidencePenalties),
      return_correction: choice("How returns are corrected for the winner's curse.", returnCorrections),
      effect: choice('The true effect.', effects),
      design: choice('Who is treated when.', assignmentDesigns),
      flaw: choice('What goes wrong on the way to the data.', flaws),
      method: choice('How the effect is estimated.', estimatorDescriptions),
    },
  } as Schema;
}

function initiatives(list: Schema): Schema {
  const [simulated, stated] = ((list.items as Schema).oneOf ?? (list.items as Schema).anyOf) as [Schema, Schema];
  const own = simulated.properties as Record<string, Schema>;
  const properties = {
    ...own,
    effect: reference('effect'),
    design: reference('design'),
    flaws: { ...own['flaws'], items: reference('flaw') },
    method: reference('method'),
    comparisons: { ...own['comparisons'], items: reference('method') },
  };
  return { ...list, items: variant('source', { simulated: { ...simulated, properties } as Schema, stated }) } as Schema;
}

function reference(definition: string): Schema {
  return { $ref: `#/definitions/${definition}` };
}

/** One of several shapes, told apart by a field, so that errors are about the shape that is meant. */
function variant(field: string, shapes: Readonly<Record<string, Schema>>): Schema {
  return {
    type: 'object',
    required: [field],
    properties: { [field]: { enum: Object.keys(shapes) } },
    allOf: Object.entries(shapes).map(([value, shape]) => ({ if: is(field, value), then: shape })),
  } as Schema;
}

/** A registry entry by id with its parameters. */
function choice(description: string, registry: Readonly<Record<string, Entry>>): Schema {
  return {
    description,
    type: 'object',
    required: ['id'],
    additionalProperties: false,
    properties: { id: { enum: Object.keys(registry) }, parameters: { type: 'object' } },
    allOf: Object.entries(registry).map(([id, { parameters }]) => ({
      if: is('id', id),
      then: { properties: { parameters: { additionalProperties: false, properties: mapValues(parameters, parameterSchema) } } },
    })),
  } as unknown as Schema;
}

function is(field: string, value: string) {
  return { required: [field], properties: { [field]: { const: value } } };
}

function parameterSchema(parameter: Parameter): Schema {
  const { label, help, default: fallback } = parameter;
  const value = valueSchema(parameter);
  const either = parameter.default === null ? { anyOf: [value, { type: 'null' }] } : value;
  return { title: label, description: help, ...either, default: fallback } as unknown as Schema;
}

function valueSchema(parameter: Parameter): object {
  switch (parameter.kind) {
    case 'number':
    case 'integer':
      return { type: parameter.kind, minimum: parameter.min, maximum: parameter.max };
    case 'boolean':
      return { type: 'boolean' };
    // A number where text is asked for is read as its text.
    case 'text':
    case 'column':
      return { type: ['string', 'number'], minLength: 1 };
    case 'choice':
      return { anyOf: [{ enum: parameter.options }, { type: 'string', pattern: `^(${parameter.options.map(anyCase).join('|')})$` }] };
    case 'columns':
      return { type: 'array', items: { type: 'string', minLength: 1 } };
    case 'weights':
      return {
        type: 'object',
        required: parameter.names,
        additionalProperties: false,
        properties: Object.fromEntries(parameter.names.map((name) => [name, { type: 'number', minimum: 0, maximum: 1 }])),
      };
    case 'integers':
      return { type: 'array', items: { type: 'integer' }, minItems: parameter.length, maxItems: parameter.length };
    default:
      return parameter satisfies never;
  }
}

/** JSON Schema has no flag for it: the case of a choice does not matter. */
function anyCase(option: string): string {
  return Array.from(option, (letter) => {
    const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
    return other === letter ? letter.replace(/[^\w ]/g, '\\$&') : `[${letter}${other}]`;
  }).join('');
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
