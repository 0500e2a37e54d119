import type { z } from 'zod';

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly catchall?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly keyType?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly items?: readonly z.core.$ZodType[];
  readonly in?: z.core.$ZodType;
  readonly out?: z.core.$ZodType;
  readonly checks?: readonly unknown[];
}

/** A schema found inside another, with the path that leads to it. */
export interface Found {
  readonly path: string;
  readonly schema: z.ZodType;
}

const definitionOf = (schema: z.core.$ZodType): Definition => schema._zod.def;

/** Schemas that hold nothing further. */
const LEAVES = new Set(['string', 'number', 'boolean', 'literal', 'enum', 'null', 'custom', 'unknown', 'never']);

const partsOf = (definition: Definition): [string, z.core.$ZodType][] => {
  const { shape, element, innerType, options, keyType, valueType, items } = definition;
  const parts: [string, z.core.$ZodType | undefined][] = [
    ...Object.entries(shape ?? {}),
    ['[]', element],
    ['', innerType],
    ...(options ?? []).map((option): [string, z.core.$ZodType] => ['|', option]),
    ['{key}', keyType],
    ['{}', valueType],
    ...(items ?? []).map((item): [string, z.core.$ZodType] => ['[n]', item]),
    ['>', definition.in],
    ['>', definition.out],
  ];
  return parts.flatMap(([name, part]) => (part ? [[name, part]] : []));
};

/**
 * Every schema in a schema, the outermost first.
 * @throws Error for a kind of schema that this walk does not know, so that none is passed over in silence
 */
export const schemasIn = (schema: z.core.$ZodType, path = ''): Found[] => {
  const definition = definitionOf(schema);
  const parts = partsOf(definition);
  if (parts.length === 0 && !LEAVES.has(definition.type) && definition.type !== 'object') {
    throw new Error(`the walk does not know the schema ${definition.type} at ${path}`);
  }
  return [
    { path, schema: schema as z.ZodType },
    ...parts.flatMap(([name, part]) => schemasIn(part, `${path}.${name}`)),
  ];
};

export const objectsIn = (schema: z.core.$ZodType): Found[] =>
  schemasIn(schema).filter(({ schema: found }) => definitionOf(found).type === 'object');

const refusesUnknownMember = (schema: z.ZodType): boolean =>
  schema
    .safeParse({ 'a member that nobody knows': true })
    .error?.issues.some(({ code }) => code === 'unrecognized_keys') ?? false;

/** Paths of the objects that take members they do not know. */
export const looseObjectsIn = (schema: z.core.$ZodType): string[] =>
  objectsIn(schema)
    .filter(({ schema: found }) => !refusesUnknownMember(found))
    .map(({ path }) => path);

/** Paths of the numbers that could be other than integers, which the journal cannot hold. */
export const numbersThatAreNoIntegersIn = (schema: z.core.$ZodType): string[] =>
  schemasIn(schema)
    .filter(({ schema: found }) => definitionOf(found).type === 'number' && found.safeParse(0.5).success)
    .map(({ path }) => path);

/** Paths of the strings that a schema changes while it reads them: trimmed, normalised, in other letters. */
export const changedStringsIn = (schema: z.core.$ZodType): string[] =>
  schemasIn(schema)
    .filter(({ schema: found }) =>
      (definitionOf(found).checks ?? []).some(
        (check) => (check as { _zod: { def: { check: string } } })._zod.def.check === 'overwrite',
      ),
    )
    .map(({ path }) => path);
