import type { CustomerId } from '#workflows/identifiers.ts';
import { PASSPHRASE } from '../../core/roster.ts';
import { NAMES, refusedTo, type Place, type ProcedureCase } from '../procedure-case.ts';

const adminsOnly = refusedTo('leo', NAMES.admins);
const legalOnly = refusedTo('cleo', NAMES.legal);

/** A customer of their own for each case, of whom nothing is open. */
const customer = async ({ desk }: Place): Promise<CustomerId> => {
  const { agnes } = desk.people;
  const reply = await desk.flow.captured('Where is it?', `erased-${desk.command().toLowerCase()}.example`);
  const outcome = { outcome: 'noResponse', reason: 'A duplicate.', until: null, into: null } as const;
  await agnes.desk.reply.triage({ ...(await desk.flow.target(reply)), ...outcome });
  return (await desk.flow.view(reply)).customer;
};

const proposal = { version: 0, ground: 'requested', reason: 'They asked for it.' } as const;

const proposed = async (place: Place) => {
  const { desk } = place;
  const id = await customer(place);
  await desk.people.ada.desk.erasure.propose({ commandId: desk.command(), customer: id, ...proposal });
  return { commandId: desk.command(), customer: id, version: 1, passphrase: PASSPHRASE };
};

export const ERASURE_CASES = {
  'erasure.get': { by: 'uma', access: 'everybody', input: async (place) => ({ customer: await customer(place) }) },
  'erasure.propose': {
    by: 'ada',
    access: adminsOnly,
    input: async (place) => ({ commandId: place.desk.command(), customer: await customer(place), ...proposal }),
  },
  'erasure.confirm': { by: 'leo', access: legalOnly, input: proposed },
  'erasure.decline': {
    by: 'leo',
    access: legalOnly,
    input: async (place) => ({ ...(await proposed(place)), reason: 'A claim may follow.' }),
  },
} satisfies Record<string, ProcedureCase>;
