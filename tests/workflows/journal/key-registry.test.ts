import { beforeEach, describe, expect, it } from 'vitest';
import { toBase64 } from '#workflows/journal/bytes.ts';
import { emptyKeyRegistry, KeyRegistry } from '#workflows/journal/key-registry.ts';
import { checkpointKeyProofBytes, keyProofBytes, type JournalRecord } from '#workflows/journal/record.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { signBase64 } from '#main/keys/person-key.ts';
import { journalWithCast, keyRegistration, type Cast } from '../../journal/build-journal.ts';
import type { Draft } from '../../journal/sign-records.ts';
import { randomKey, randomPerson, type TestPerson } from '../../journal/test-people.ts';

const LOW_ORDER = toBase64(new Uint8Array(32));

let cast: Cast;
let registry: KeyRegistry;

const registryOf = (records: readonly JournalRecord[]): KeyRegistry => {
  const filled = new KeyRegistry(nodeCrypto, emptyKeyRegistry());
  for (const record of records) expect(filled.apply(record)).toEqual([]);
  return filled;
};

/** What the registry says to the records; the first problem's code, or `ok`. */
const apply = (...drafts: readonly Draft[]): string => {
  const records = cast.journal.draft(drafts);
  const problems = records.flatMap((record) => registry.apply(record));
  if (problems.length === 0) cast.journal.add(...records);
  return problems[0]?.code ?? 'ok';
};

const about = (person: TestPerson, type: string, data: Draft['data'], by: TestPerson = cast.admin): Draft => ({
  type,
  subject: person.id,
  by,
  data,
});

const register = (person: TestPerson, by: TestPerson = cast.admin): Draft =>
  keyRegistration(by, person, cast.journal.origin);

const newKeyFor = (person: TestPerson): TestPerson => ({ ...person, key: randomKey(cast.journal.random) });

beforeEach(() => {
  cast = journalWithCast(7);
  registry = registryOf(cast.journal.records);
});

describe('record 0', () => {
  it('makes its actor admin with the key it names, and names origin and checkpoint key', () => {
    const fresh = registryOf(cast.journal.records.slice(0, 1));
    expect(fresh.origin).toBe(cast.journal.origin);
    expect(fresh.rolesOf(cast.admin.id)).toEqual(['admin']);
    expect(fresh.validKeyOf(cast.admin.id)).toBe(cast.admin.key.id);
    expect(fresh.hadKey(cast.admin.id)).toBe(true);
    expect(fresh.publicKey(cast.admin.key.id)).toEqual(cast.admin.key.publicKey);
    expect(fresh.checkpointKeyAt(1)).toEqual(cast.journal.checkpointKey.publicKey);
    expect(fresh.checkpointKeyAt(0)).toBeNull();
  });

  it.each([
    ['the admin’s key is of low order', { publicKey: LOW_ORDER }, 'bad-key'],
    ['the checkpoint key is of low order', { checkpointKey: LOW_ORDER }, 'bad-key'],
    ['the admin’s key is no base64', { publicKey: '?' }, 'bad-key'],
    ['the checkpoint key is too short', { checkpointKey: 'AAAA' }, 'bad-key'],
    ['the workspace is no ULID', { workspace: 'desk' }, 'bad-record'],
  ])('is refused when %s', (_why, change, code) => {
    const first = cast.journal.records[0]!;
    const fresh = new KeyRegistry(nodeCrypto);
    expect(fresh.apply({ ...first, data: { ...first.data, ...change } })).toMatchObject([{ code }]);
    expect(fresh.state).toEqual(emptyKeyRegistry());
  });

  it('is the only one that creates the workspace', () => {
    const again = { ...cast.journal.records[0]!, seq: 9 };
    expect(registry.apply(again)).toMatchObject([{ code: 'bad-record' }]);
  });

  it('is not written by the program', () => {
    const first = { ...cast.journal.records[0]!, actor: { system: 'outbox' } };
    const fresh = new KeyRegistry(nodeCrypto);
    expect(fresh.apply(first)).toMatchObject([{ code: 'bad-actor' }]);
    expect(fresh.state).toEqual(emptyKeyRegistry());
  });
});

describe('a person’s first key', () => {
  it('counts at once when an admin registers it with a proof', () => {
    const person = randomPerson(cast.journal.random, 'New', ['agent']);
    expect(apply(about(person, 'person.added', { name: 'New', roles: ['agent'] }))).toBe('ok');
    expect(registry.validKeyOf(person.id)).toBeNull();
    expect(registry.hadKey(person.id)).toBe(false);
    expect(apply(register(person))).toBe('ok');
    expect(registry.validKeyOf(person.id)).toBe(person.key.id);
    expect(registry.rolesOf(person.id)).toEqual(['agent']);
  });

  it('is refused for somebody who was not added, or was removed', () => {
    expect(apply(register(randomPerson(cast.journal.random, 'Nobody', ['agent'])))).toBe('bad-record');
    expect(apply(about(cast.agent, 'person.removed', {}))).toBe('ok');
    expect(apply(register(newKeyFor(cast.agent)))).toBe('bad-record');
    expect(registry.pendingKeyOf(cast.agent.id)).toBeNull();
  });

  const withNewcomer = (change: (newcomer: TestPerson) => Draft['data']): string => {
    const newcomer = randomPerson(cast.journal.random, 'New', ['agent']);
    apply(about(newcomer, 'person.added', { name: 'New', roles: ['agent'] }));
    return apply(about(newcomer, 'person.keyRegistered', { ...register(newcomer).data, ...change(newcomer) }));
  };

  it('is refused with a proof for another person, another workspace, or by another key', () => {
    const proof = (key: TestPerson, origin: string, person: string): string =>
      signBase64(key.key, keyProofBytes(origin, person));
    const { origin } = cast.journal;
    expect(withNewcomer((one) => ({ proof: proof(one, origin, one.id) }))).toBe('ok');
    expect(withNewcomer((one) => ({ proof: proof(one, origin, cast.agent.id) }))).toBe('bad-key');
    expect(withNewcomer((one) => ({ proof: proof(one, `${origin}X`, one.id) }))).toBe('bad-key');
    expect(withNewcomer((one) => ({ proof: proof(cast.agent, origin, one.id) }))).toBe('bad-key');
    expect(withNewcomer(() => ({ proof: '' }))).toBe('bad-key');
    expect(withNewcomer(() => ({ proof: 7 }))).toBe('bad-key');
  });

  it('is refused when it is of low order, not canonical, of another length, or no text', () => {
    const notCanonical = toBase64(Uint8Array.from({ length: 32 }, (_, index) => (index === 31 ? 0x7f : 0xff)));
    for (const publicKey of [LOW_ORDER, notCanonical, 'AAAA', '', 7, null]) {
      expect(withNewcomer(() => ({ publicKey }))).toBe('bad-key');
    }
  });

  it('is refused when it was ever registered in the workspace, even by somebody who left', () => {
    expect(apply(about(cast.agent, 'person.removed', {}))).toBe('ok');
    const newcomer = { ...randomPerson(cast.journal.random, 'New', ['agent']), key: cast.agent.key };
    apply(about(newcomer, 'person.added', { name: 'New', roles: ['agent'] }));
    expect(apply(register(newcomer))).toBe('bad-key');
  });
});

describe('a further key', () => {
  const revoke = (person: TestPerson): Draft =>
    about(person, 'person.keyRevoked', { key: person.key.id, cause: 'lost' });
  const confirm = (person: TestPerson, by: TestPerson): Draft =>
    about(person, 'person.keyConfirmed', { key: person.key.id }, by);

  it('is refused while the person has a valid one', () => {
    expect(apply(register(newKeyFor(cast.agent)))).toBe('bad-key');
    expect(registry.validKeyOf(cast.agent.id)).toBe(cast.agent.key.id);
  });

  it('counts only from its confirmation by somebody else than who registered it', () => {
    const renewed = newKeyFor(cast.agent);
    expect(apply(revoke(cast.agent))).toBe('ok');
    expect(registry.validKeyOf(cast.agent.id)).toBeNull();
    expect(apply(register(renewed))).toBe('ok');
    expect(registry.validKeyOf(cast.agent.id)).toBeNull();
    expect(registry.pendingKeyOf(cast.agent.id)).toEqual({ key: renewed.key.id, registeredBy: cast.admin.id });
    expect(apply(confirm(renewed, cast.admin))).toBe('bad-actor');
    expect(registry.validKeyOf(cast.agent.id)).toBeNull();
    expect(apply(confirm(renewed, cast.legal))).toBe('ok');
    expect(registry.validKeyOf(cast.agent.id)).toBe(renewed.key.id);
    expect(registry.pendingKeyOf(cast.agent.id)).toBeNull();
  });

  it('is needed to be confirmed also for a person who was removed and added again', () => {
    expect(apply(about(cast.agent, 'person.removed', {}))).toBe('ok');
    expect(apply(about(cast.agent, 'person.added', { name: 'Ben', roles: ['comms'] }))).toBe('ok');
    const renewed = newKeyFor(cast.agent);
    expect(apply(register(renewed))).toBe('ok');
    expect(registry.validKeyOf(cast.agent.id)).toBeNull();
    expect(apply(confirm(renewed, cast.legal))).toBe('ok');
    expect(registry.rolesOf(cast.agent.id)).toEqual(['comms']);
  });

  it('cannot be confirmed before it is registered, twice, by another name, or after it was revoked', () => {
    const renewed = newKeyFor(cast.agent);
    expect(apply(confirm(renewed, cast.legal))).toBe('bad-key');
    expect(apply(confirm(cast.agent, cast.legal))).toBe('bad-key');
    apply(revoke(cast.agent));
    apply(register(renewed));
    expect(apply(confirm(newKeyFor(cast.agent), cast.legal))).toBe('bad-key');
    expect(apply(revoke(renewed))).toBe('ok');
    expect(apply(confirm(renewed, cast.legal))).toBe('bad-key');
    expect(registry.validKeyOf(cast.agent.id)).toBeNull();
  });

  it('takes the place of one that still waits', () => {
    const [first, second] = [newKeyFor(cast.agent), newKeyFor(cast.agent)];
    apply(revoke(cast.agent));
    apply(register(first));
    expect(apply(register(second))).toBe('ok');
    expect(apply(confirm(first, cast.legal))).toBe('bad-key');
    expect(apply(confirm(second, cast.legal))).toBe('ok');
  });
});

describe('the end of a key', () => {
  it('comes with its revocation, and its name is kept', () => {
    expect(apply(about(cast.agent, 'person.keyRevoked', { key: cast.agent.key.id, cause: 'lost' }))).toBe('ok');
    expect(registry.validKeyOf(cast.agent.id)).toBeNull();
    expect(registry.rolesOf(cast.agent.id)).toEqual(['agent']);
    expect(registry.publicKey(cast.agent.key.id)).toEqual(cast.agent.key.publicKey);
  });

  it('comes with the person’s removal, which ends the roles too', () => {
    expect(apply(about(cast.agent, 'person.removed', {}))).toBe('ok');
    expect(registry.validKeyOf(cast.agent.id)).toBeNull();
    expect(registry.rolesOf(cast.agent.id)).toEqual([]);
  });

  it('is refused for a key that is not that person’s', () => {
    expect(apply(about(cast.agent, 'person.keyRevoked', { key: cast.comms.key.id }))).toBe('bad-key');
    expect(apply(about(cast.agent, 'person.keyRevoked', { key: 'ab'.repeat(32) }))).toBe('bad-key');
    expect(registry.validKeyOf(cast.comms.id)).toBe(cast.comms.key.id);
  });
});

describe('roles', () => {
  it('are those of the newest record', () => {
    expect(apply(about(cast.agent, 'person.rolesChanged', { roles: ['legal', 'publisher'] }))).toBe('ok');
    expect(registry.rolesOf(cast.agent.id)).toEqual(['legal', 'publisher']);
    expect(registry.validKeyOf(cast.agent.id)).toBe(cast.agent.key.id);
  });

  it('are not changed for somebody who was not added, or was removed', () => {
    const nobody = randomPerson(cast.journal.random, 'Nobody', ['agent']);
    expect(apply(about(nobody, 'person.rolesChanged', { roles: ['legal'] }))).toBe('bad-record');
    expect(apply(about(nobody, 'person.removed', {}))).toBe('bad-record');
    apply(about(cast.agent, 'person.removed', {}));
    expect(apply(about(cast.agent, 'person.rolesChanged', { roles: ['legal'] }))).toBe('bad-record');
    expect(registry.rolesOf(cast.agent.id)).toEqual([]);
  });

  it('are refused when they are no list of roles', () => {
    for (const roles of ['legal', ['king'], null, { 0: 'legal' }]) {
      expect(apply(about(cast.agent, 'person.rolesChanged', { roles }))).toBe('bad-record');
    }
    expect(registry.rolesOf(cast.agent.id)).toEqual(['agent']);
  });
});

describe('the checkpoint key', () => {
  it('changes from the size after the record that rotates it', () => {
    const before = cast.journal.checkpointKey;
    const { size } = cast.journal;
    cast.journal.rotateCheckpointKey();
    expect(registry.apply(cast.journal.records.at(-1)!)).toEqual([]);
    expect(registry.checkpointKeyAt(size)).toEqual(before.publicKey);
    expect(registry.checkpointKeyAt(size + 1)).toEqual(cast.journal.checkpointKey.publicKey);
    expect(registry.checkpointKeyAt(2n ** 60n)).toEqual(cast.journal.checkpointKey.publicKey);
  });

  it('is not rotated without the old key’s proof over the new key and this workspace', () => {
    const next = randomKey(cast.journal.random);
    const checkpointKey = toBase64(next.publicKey);
    const { origin } = cast.journal;
    const rotate = (data: Draft['data']): string =>
      apply({ type: 'workspace.keyRotated', subject: 'workspace', by: cast.admin, data });
    const proofBy = (key: typeof next, over = checkpointKey, where = origin): string =>
      signBase64(key, checkpointKeyProofBytes(where, over));
    const old = cast.journal.checkpointKey;
    expect(rotate({ checkpointKey, proof: proofBy(next) })).toBe('bad-key');
    expect(rotate({ checkpointKey, proof: proofBy(old, LOW_ORDER) })).toBe('bad-key');
    expect(rotate({ checkpointKey, proof: proofBy(old, checkpointKey, `${origin}X`) })).toBe('bad-key');
    expect(rotate({ checkpointKey: LOW_ORDER, proof: proofBy(old, LOW_ORDER) })).toBe('bad-key');
    expect(rotate({ checkpointKey })).toBe('bad-key');
    expect(registry.checkpointKeyAt(1000)).toEqual(old.publicKey);
    expect(rotate({ checkpointKey, proof: proofBy(old) })).toBe('ok');
    expect(registry.checkpointKeyAt(1000)).toEqual(next.publicKey);
  });
});

describe('the state', () => {
  it('as JSON makes the same registry again', () => {
    const again = new KeyRegistry(nodeCrypto, JSON.parse(JSON.stringify(registry.state)) as KeyRegistry['state']);
    expect(again.state).toEqual(registry.state);
    expect(again.validKeyOf(cast.legal.id)).toBe(cast.legal.key.id);
    expect(again.checkpointKeyAt(5)).toEqual(cast.journal.checkpointKey.publicKey);
  });
});
