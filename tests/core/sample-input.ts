import type { z } from 'zod';

/** Values for fields by their names; the first that fits a field's schema is taken. */
export type KnownValues = Readonly<Record<string, readonly unknown[]>>;

/** What zod says of a schema, as far as it is needed to make a value. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
}

const definitionOf = (schema: z.ZodType): Definition => schema.def;

const PLAIN: Readonly<Record<string, readonly unknown[]>> = {
  string: ['words', 'en', '0'.repeat(64), '2026-03-02T12:00:00.000Z', 'a long passphrase'],
  number: [1, 0, 300],
  boolean: [false],
  null: [null],
  unknown: [null],
};

const firstThatFits = (schema: z.ZodType, candidates: readonly unknown[]): { value: unknown } | null => {
  const value = candidates.find((candidate) => schema.safeParse(candidate).success);
  return value === undefined ? null : { value };
};

const generate = (schema: z.ZodType, known: KnownValues, name: string): unknown => {
  const given = firstThatFits(schema, known[name] ?? []);
  if (given) return given.value;
  const { type, shape, innerType, element, options, entries, values } = definitionOf(schema);
  if (shape) {
    return Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, generate(field, known, key)]));
  }
  if (type === 'nullable') return null;
  if (innerType) return generate(innerType, known, name);
  if (element) return [generate(element, known, name)];
  if (options?.[0]) return generate(options[0], known, name);
  const plain = firstThatFits(schema, [...Object.values(entries ?? {}), ...(values ?? []), ...(PLAIN[type] ?? [])]);
  if (!plain) throw new Error(`no value is known for ${name} (${type}): teach it to sample-input`);
  return plain.value;
};

/**
 * An input that a procedure takes, made from its own schema, so that a new procedure needs no example of its own.
 * @throws Error for a field that no known value fits
 */
export const sampleInput = (schema: z.ZodType, known: KnownValues): unknown => {
  const input = generate(schema, known, '');
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new Error(`the sample does not fit: ${parsed.error.message}`);
  return input;
};
