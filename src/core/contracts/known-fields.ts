import type * as v from 'valibot';

/**
 * The fields that a schema knows for the object at a path of a given value; none where it knows no such object. What is optional,
 * a list, or one of several shapes told apart by a field is looked through.
 */
export function knownFields(schema: v.GenericSchema, given: unknown, path: readonly string[]): readonly string[] {
  let node: Shape | undefined = schema as Shape;
  let value = given;
  for (const key of path) {
    node = inside(node, value);
    node = node?.entries === undefined ? node?.item : Object.hasOwn(node.entries, key) ? node.entries[key] : undefined;
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
  }
  return Object.keys(inside(node, value)?.entries ?? {});
}

type Shape = {
  readonly entries?: Readonly<Record<string, Shape>>;
  readonly item?: Shape;
  readonly wrapped?: Shape;
  readonly key?: string;
  readonly options?: readonly Shape[];
  readonly literal?: unknown;
};

function inside(shape: Shape | undefined, value: unknown): Shape | undefined {
  if (shape?.wrapped !== undefined) return inside(shape.wrapped, value);
  const { key, options } = shape ?? {};
  if (key === undefined || options === undefined || typeof value !== 'object' || value === null) return shape;
  const meant = (value as Readonly<Record<string, unknown>>)[key];
  return options.find((option) => option.entries?.[key]?.literal === meant);
}
