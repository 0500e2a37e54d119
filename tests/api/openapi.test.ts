import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ERROR_CODES, HTTP_STATUS } from '#workflows/errors.ts';
import { PROCEDURES } from '../core/contract-procedures.ts';
import { TestDesk } from '../core/desk.fixture.ts';
import { httpCall } from './http-call.ts';
import { serverOf } from './http-server.ts';

const schemaObject = z.record(z.string(), z.unknown());

const contentSchema = z.record(z.string(), z.strictObject({ schema: schemaObject }));

const operationSchema = z.strictObject({
  operationId: z.string().min(1),
  requestBody: z.strictObject({ required: z.boolean().optional(), content: contentSchema }).optional(),
  responses: z
    .record(z.string().regex(/^[1-5]\d\d$/), z.strictObject({ description: z.string(), content: contentSchema }))
    .refine((responses) => '200' in responses),
});

/** The parts of OpenAPI 3.1 that the document uses, each as the specification (section 4.8) demands it. */
const documentSchema = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.strictObject({ title: z.string().min(1), version: z.string().min(1), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })).min(1),
  paths: z.record(z.string().startsWith('/'), z.strictObject({ post: operationSchema })),
  components: z
    .strictObject({ schemas: z.record(z.string().regex(/^[a-zA-Z0-9._-]+$/), schemaObject).optional() })
    .optional(),
});

let desk: TestDesk;
let text: string;
let document: z.infer<typeof documentSchema>;

beforeAll(async () => {
  desk = await TestDesk.create();
  const server = await serverOf(desk.host);
  const { body, headers, status } = await httpCall({ port: server.port, path: '/api/openapi.json' });
  await server.close();
  expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
  text = body;
  document = documentSchema.parse(JSON.parse(body));
});

afterAll(() => desk.dispose());

const operationOf = (name: string) => document.paths[`/${name.replaceAll('.', '/')}`]?.post;

/** Every `$ref` in a part of the document. */
const referencesIn = (node: unknown): string[] =>
  typeof node !== 'object' || node === null
    ? []
    : Object.entries(node).flatMap(([key, value]) =>
        key === '$ref' && typeof value === 'string' ? [value] : referencesIn(value),
      );

const resolved = (reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);

describe('the OpenAPI document', () => {
  test('describes every procedure of the contract, each once, and nothing else', () => {
    const paths = PROCEDURES.map(({ name }) => `/${name.replaceAll('.', '/')}`);
    expect(Object.keys(document.paths).sort()).toEqual(paths.sort());
    const ids = Object.values(document.paths).map(({ post }) => post.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('refers to nothing that is not in it', () => {
    const references = referencesIn(document);
    expect(references.filter((reference) => !reference.startsWith('#/') || resolved(reference) === undefined)).toEqual(
      [],
    );
  });

  test('names the version of the program', () => {
    expect(document.info.version).toBe('1.2.3');
  });

  test.each(PROCEDURES.filter(({ input }) => input !== null).map(({ name }) => name))(
    'says of %s which members it takes, and that it takes no other',
    (name) => {
      const { input } = PROCEDURES.find((procedure) => procedure.name === name)!;
      const schema = operationOf(name)?.requestBody?.content['application/json']?.schema;
      const { shape } = input as z.ZodObject;
      expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(Object.keys(schema?.properties as object).sort()).toEqual(Object.keys(shape).sort());
    },
  );

  test.each(PROCEDURES.filter(({ input }) => input === null).map(({ name }) => name))(
    'says of %s that it takes nothing',
    (name) => {
      expect(operationOf(name)?.requestBody).toBeUndefined();
    },
  );

  test('says how each code of a refusal comes', () => {
    const statuses = [...new Set(ERROR_CODES.map((code) => String(HTTP_STATUS[code])))].sort();
    for (const { name } of PROCEDURES) {
      const { responses } = operationOf(name)!;
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(statuses));
      const told = JSON.stringify(responses);
      expect(ERROR_CODES.filter((code) => !told.includes(`"${code}"`))).toEqual([]);
    }
  });

  test('gives away nothing of the workspace, for it needs no sign-in', () => {
    expect(text).not.toContain('Test desk');
    expect(text).not.toContain(desk.folder);
  });
});
