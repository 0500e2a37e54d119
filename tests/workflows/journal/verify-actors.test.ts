import { beforeEach, describe, expect, it } from 'vitest';
import { leafBytes, type JournalRecord } from '#workflows/journal/record.ts';
import { toTime } from '#workflows/time.ts';
import { JournalBuilder, keyRegistration, type Cast } from '../../journal/build-journal.ts';
import type { Draft } from '../../journal/sign-records.ts';
import { randomKey, randomPerson, type TestPerson } from '../../journal/test-people.ts';
import { problemsOf, verifyJournal } from '../../journal/verify-leaves.ts';
import { HASH, LyingJournal } from './lying-journal.ts';

let desk: LyingJournal;
let cast: Cast;
let journal: JournalBuilder;

beforeEach(() => {
  desk = new LyingJournal();
  ({ cast, journal } = desk);
});

const pause = (type: string, by: TestPerson): Draft => ({ type, subject: 'publishing', by, data: {} });

describe('who writes what', () => {
  it('the program does not approve', () => {
    expect(desk.verdictOn(desk.approve('program', 'legal'))).toEqual(['bad-actor@9']);
  });

  it('a person does not write what the program observes', () => {
    expect(desk.verdictOn({ ...desk.claim(), type: 'reply.breached' })).toEqual(['bad-actor@9']);
  });

  it('the program has no say on people, and that is said once', () => {
    const data = { name: 'Nobody', roles: ['legal'] };
    const subject = `person/${journal.random.ulid()}` as const;
    expect(desk.verdictOn({ type: 'person.added', subject, by: 'program', data })).toEqual(['bad-actor@9']);
  });

  it('a review is decided in its own role', () => {
    expect(desk.verdictOn(desk.approve(cast.legal, 'legal'))).toEqual([]);
    expect(desk.verdictOn(desk.approve(cast.comms, 'legal'))).toEqual(['bad-actor@10']);
  });

  it('nobody acts in a role that they do not have', () => {
    expect(desk.verdictOn({ ...desk.approve(cast.agent, 'legal'), role: 'legal' })).toEqual(['bad-actor@9']);
  });

  it('nobody acts in a role that they have no more, or not yet', () => {
    const changed = (roles: string[]): Draft => ({
      type: 'person.rolesChanged',
      subject: cast.legal.id,
      by: cast.admin,
      data: { roles },
    });
    expect(desk.verdictOn(changed(['comms']))).toEqual([]);
    expect(desk.verdictOn(desk.approve(cast.legal, 'legal'))).toEqual(['bad-actor@10']);
    expect(desk.verdictOn(changed(['comms', 'legal']))).toEqual(['bad-actor@10']);
    expect(desk.verdictOn(desk.approve(cast.legal, 'legal'))).toEqual(['bad-actor@10']);
  });

  it('the pause is lifted by two people', () => {
    expect(desk.verdictOn(pause('publishing.paused', cast.publisher))).toEqual([]);
    expect(desk.verdictOn(pause('publishing.resumeProposed', cast.legal))).toEqual([]);
    expect(desk.verdictOn(pause('publishing.resumed', cast.legal))).toEqual(['bad-actor@11']);
  });

  it('the pause is lifted by the second person', () => {
    journal.command(pause('publishing.paused', cast.publisher));
    journal.command(pause('publishing.resumeProposed', cast.legal));
    expect(desk.verdictOn(pause('publishing.resumed', cast.comms))).toEqual([]);
  });

  it('two roles of one person do not make two people', () => {
    const both = journal.addPerson('Both', 'comms', 'legal');
    journal.command(pause('publishing.paused', both));
    journal.command({ ...pause('publishing.resumeProposed', both), role: 'comms' });
    expect(desk.verdictOn({ ...pause('publishing.resumed', both), role: 'legal' })).toEqual(['bad-actor@13']);
  });

  it('a proposal to lift the pause does not outlive a new pause', () => {
    journal.command(pause('publishing.resumeProposed', cast.legal));
    journal.command(pause('publishing.paused', cast.publisher));
    journal.command(pause('publishing.resumeProposed', cast.comms));
    expect(desk.verdictOn(pause('publishing.resumed', cast.legal))).toEqual([]);
  });

  it('a person revokes their own key, and no one else’s without being admin', () => {
    const revoke = (person: TestPerson, by: TestPerson): Draft => ({
      type: 'person.keyRevoked',
      subject: person.id,
      by,
      data: { key: person.key.id, cause: 'lost' },
    });
    expect(desk.verdictOn(revoke(cast.agent, cast.agent))).toEqual([]);
    expect(desk.verdictOn(revoke(cast.comms, cast.legal))).toEqual(['bad-actor@10']);
  });
});

describe('signatures', () => {
  it('are on every record of a person', () => {
    const [{ sig: _sig, ...record }] = journal.draft([desk.claim()]) as [JournalRecord];
    journal.add(record);
    expect(desk.problems).toEqual(['missing-signature@9']);
  });

  it('are on no record of the program', () => {
    const record = desk.drafted(desk.claim('program', { type: 'reply.breached' }));
    journal.add(
      journal.resign({ ...record, sig: { key: '', at: record.at, auth: 'passphrase', value: '' } }, cast.agent.key),
    );
    expect(desk.problems).toEqual(['bad-record@9']);
  });

  it.each<[string, (record: JournalRecord) => Partial<JournalRecord>]>([
    ['data', () => ({ data: { person: 'x' } })],
    ['type', () => ({ type: 'reply.closed' })],
    ['reads', () => ({ reads: { policy: 0 } })],
    ['command', () => ({ command: '01ARZ3NDEKTSV4RRFFQ69G5FAV' })],
    ['the time of signing', ({ sig, at }) => ({ sig: { ...sig!, at } })],
    ['the way of signing in', ({ sig }) => ({ sig: { ...sig!, auth: 'passkey' } })],
    ['sealed data', () => ({ sealed: [{ kid: HASH, iv: 'A'.repeat(16), ct: 'A'.repeat(24) }] })],
    ['the value', ({ sig }) => ({ sig: { ...sig!, value: `${'A'.repeat(86)}==` } })],
  ])('do not fit when %s was changed afterwards', (_what, change) => {
    const record = desk.drafted(desk.claim());
    journal.now += 1000;
    const at = toTime(journal.now);
    journal.add({ ...record, at, ...change({ ...record, at }) });
    expect(desk.problems).toEqual(['bad-signature@9']);
  });

  it('of another workspace do not fit', () => {
    const record = desk.drafted(desk.claim());
    const other = new JournalBuilder(99);
    journal.add(other.resign(record, cast.agent.key));
    expect(desk.problems).toEqual(['bad-signature@9']);
  });

  it('of a stranger, or of somebody else, are by an unknown key', () => {
    const record = desk.drafted(desk.claim());
    for (const key of [randomKey(journal.random), cast.comms.key]) {
      const leaves = [...journal.leaves, leafBytes(journal.resign(record, key))];
      expect(problemsOf(verifyJournal(journal, { leaves }))).toEqual(['unknown-key@9']);
    }
  });

  it('of somebody else’s key under the name of one’s own do not fit', () => {
    const record = desk.drafted(desk.claim());
    const sig = { ...journal.resign(record, cast.comms.key).sig!, key: cast.agent.key.id };
    journal.add({ ...record, sig });
    expect(desk.problems).toEqual(['bad-signature@9']);
  });

  it('of record 0 are by the key that it names', () => {
    const first = journal.records[0]!;
    const leaves = [leafBytes(journal.resign(first, cast.agent.key))];
    expect(problemsOf(verifyJournal(journal, { leaves }))).toContain('unknown-key@0');
    const changed = [leafBytes({ ...first, data: { ...first.data, name: 'Another desk' } })];
    expect(problemsOf(verifyJournal(journal, { leaves: changed }))).toContain('bad-signature@0');
  });
});

describe('keys', () => {
  const about = (person: TestPerson, type: string, data: Draft['data'], by = cast.admin): Draft => ({
    type,
    subject: person.id,
    by,
    data,
  });

  it('count until they are revoked', () => {
    journal.command(about(cast.agent, 'person.keyRevoked', { key: cast.agent.key.id, cause: 'lost' }));
    expect(desk.verdictOn(desk.claim())).toEqual(['unknown-key@10']);
  });

  it('count until their person is removed', () => {
    journal.command(about(cast.agent, 'person.removed', {}));
    expect(desk.verdictOn(desk.claim())).toEqual(['unknown-key@10']);
  });

  it('that follow on another one count from their confirmation', () => {
    const renewed = { ...cast.agent, key: randomKey(journal.random) };
    journal.command(about(cast.agent, 'person.keyRevoked', { key: cast.agent.key.id, cause: 'lost' }));
    journal.command(keyRegistration(cast.admin, renewed, journal.origin));
    journal.command(about(renewed, 'person.keyConfirmed', { key: renewed.key.id }, cast.legal));
    expect(desk.verdictOn(desk.claim(renewed))).toEqual([]);
    expect(desk.verdictOn(desk.claim(cast.agent))).toEqual(['unknown-key@13']);
  });

  it('that follow on another one do not count before their confirmation', () => {
    const renewed = { ...cast.agent, key: randomKey(journal.random) };
    journal.command(about(cast.agent, 'person.keyRevoked', { key: cast.agent.key.id, cause: 'lost' }));
    journal.command(keyRegistration(cast.admin, renewed, journal.origin));
    expect(desk.verdictOn(desk.claim(renewed))).toEqual(['unknown-key@11']);
  });

  it('that their own registrar confirms do not count', () => {
    const renewed = { ...cast.agent, key: randomKey(journal.random) };
    journal.command(about(cast.agent, 'person.keyRevoked', { key: cast.agent.key.id, cause: 'lost' }));
    journal.command(keyRegistration(cast.admin, renewed, journal.origin));
    journal.command(about(renewed, 'person.keyConfirmed', { key: renewed.key.id }));
    expect(desk.verdictOn(desk.claim(renewed))).toEqual(['bad-actor@11', 'unknown-key@12']);
  });

  it('without a proof of their own are bad keys, and count for nothing', () => {
    const newcomer = randomPerson(journal.random, 'New', ['agent']);
    const registration = keyRegistration(cast.admin, newcomer, journal.origin);
    journal.command(about(newcomer, 'person.added', { name: 'New', roles: ['agent'] }), {
      ...registration,
      data: { ...registration.data, proof: `${'A'.repeat(86)}==` },
    });
    expect(desk.verdictOn(desk.claim(newcomer))).toEqual(['bad-key@10', 'unknown-key@11']);
  });
});
