import { isContractProcedure } from '@orpc/contract';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { contract } from '#workflows/contract/contract.ts';
import { errorDataSchema } from '#workflows/contract/base.ts';
import { ERROR_CODES, HTTP_STATUS } from '#workflows/errors.ts';
import { looseObjectsIn, objectsIn, schemasIn } from '../schema-walk.ts';

interface Procedure {
  readonly name: string;
  readonly input: z.ZodType | undefined;
  readonly output: z.ZodType | undefined;
  readonly errors: Readonly<Record<string, { readonly status?: number; readonly data?: unknown }>>;
}

/** Every procedure of a contract, however deep it stands. */
const proceduresIn = (node: unknown, name = ''): Procedure[] => {
  if (!isContractProcedure(node)) {
    return Object.entries(node as object).flatMap(([key, inner]) =>
      proceduresIn(inner, name === '' ? key : `${name}.${key}`),
    );
  }
  const { inputSchema, outputSchema, errorMap } = node['~orpc'];
  return [
    {
      name,
      input: inputSchema as z.ZodType | undefined,
      output: outputSchema as z.ZodType | undefined,
      errors: errorMap as Procedure['errors'],
    },
  ];
};

const procedures = proceduresIn(contract);
const named = procedures.map((procedure) => [procedure.name, procedure] as const);

/** Procedures that only read. */
const READS = [
  'workspace.status',
  'session.current',
  'desk.overview',
  'desk.changes',
  'people.list',
  'channel.list',
  'channel.check',
  'mention.lookUp',
  'mention.picture',
  'reply.list',
  'reply.get',
  'reply.story',
  'reply.getDraft',
  'reply.preview',
  'template.list',
  'template.usable',
  'template.get',
  'policy.get',
  'publishing.status',
  'erasure.get',
  'journal.log',
  'journal.record',
  'journal.checkpoint',
  'timestamps.get',
  'journal.suggestExport',
  'journal.consistency',
  'history.moment',
  'history.momentAt',
  'history.reply',
  'history.versions',
  'history.queue',
  'history.policy',
  'practice.threads',
  'preferences.get',
];

/** Procedures that change this machine, this session or the practice network, and put no record into the journal by themselves. */
const BESIDE_THE_JOURNAL = [
  'workspace.create',
  'workspace.open',
  'workspace.openSample',
  'workspace.unlock',
  'workspace.stopOpening',
  'workspace.close',
  'workspace.chooseFolder',
  'workspace.newLaunchAddress',
  'session.signIn',
  'session.signOut',
  'session.lock',
  'session.unlock',
  'session.touch',
  'session.changePassphrase',
  'session.acceptInvitation',
  'channel.renewCredentials',
  'reply.markSeen',
  'reply.saveDraft',
  'reply.discardDraft',
  'reply.retryNow',
  'timestamps.stampNow',
  'practice.post',
  'preferences.set',
];

/** Changes that say nothing but that they be done. */
const WITHOUT_INPUT = [
  'workspace.stopOpening',
  'workspace.close',
  'workspace.chooseFolder',
  'workspace.newLaunchAddress',
  'session.signOut',
  'session.lock',
  'session.touch',
  'timestamps.stampNow',
];

const commands = named.filter(([name]) => !READS.includes(name) && !BESIDE_THE_JOURNAL.includes(name));
const changes = named.filter(([name]) => !READS.includes(name));

test('the lists of this test name procedures that exist, each once', () => {
  const listed = [...READS, ...BESIDE_THE_JOURNAL];
  const names = procedures.map(({ name }) => name);
  expect(listed.filter((name) => !names.includes(name))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
  expect(WITHOUT_INPUT.filter((name) => !BESIDE_THE_JOURNAL.includes(name))).toEqual([]);
});

describe.each(named)('%s', (_name, { input, output, errors }) => {
  test('says what it answers', () => {
    expect(output).toBeDefined();
  });

  test('has every error code, with its HTTP status and one kind of data', () => {
    expect(Object.keys(errors).sort()).toEqual([...ERROR_CODES].sort());
    for (const code of ERROR_CODES) expect(errors[code]).toEqual({ status: HTTP_STATUS[code], data: errorDataSchema });
  });

  test('refuses what it does not know, at every depth of its input', () => {
    if (!input) return;
    expect(objectsIn(input).length).toBeGreaterThan(0);
    expect(looseObjectsIn(input)).toEqual([]);
  });

  test('takes nothing that it does not look at', () => {
    const blind = (input ? schemasIn(input) : []).filter(({ schema }) =>
      ['any', 'unknown'].includes((schema._zod.def as { type: string }).type),
    );
    expect(blind.map(({ path }) => path)).toEqual([]);
  });
});

test.each(changes)('%s changes something, and says by its input what', (name, { input }) => {
  expect(input !== undefined).toBe(!WITHOUT_INPUT.includes(name));
});

describe.each(commands)('%s puts a record into the journal', (_name, { input }) => {
  const shape: Readonly<Record<string, z.ZodType>> =
    (input as z.ZodObject<Record<string, z.ZodType>> | undefined)?.shape ?? {};

  test('once, however often it is sent: it carries the client’s id for it', () => {
    expect(Object.keys(shape)).toContain('commandId');
    expect(shape.commandId?.safeParse(undefined).success).toBe(false);
  });

  test('by the person of the session: nobody can say in it who they are', () => {
    expect(
      Object.keys(shape).filter((member) => ['actor', 'role', 'session', 'signature', 'signedAt'].includes(member)),
    ).toEqual([]);
  });
});
