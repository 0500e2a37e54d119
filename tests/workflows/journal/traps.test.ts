import { beforeEach, describe, expect, it } from 'vitest';
import { fromUtf8, toBase64, utf8 } from '#workflows/journal/bytes.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import { hashLeaf, isConsistent, type Hash } from '#workflows/journal/merkle.ts';
import { checkpointKeyProofBytes, leafBytes } from '#workflows/journal/record.ts';
import { formatSignedNote, noteKey, parseSignedNote } from '#workflows/journal/signed-note.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { signBase64 } from '#main/keys/person-key.ts';
import { keyRegistration, type Cast, type JournalBuilder } from '../../journal/build-journal.ts';
import { randomKey, randomPerson } from '../../journal/test-people.ts';
import { problemsOf, verifyJournal } from '../../journal/verify-leaves.ts';
import { LyingJournal } from './lying-journal.ts';
import { treeOf } from './merkle-leaves.ts';

/** The mistakes that other logs, verifiers and JSON readers are known for, each made against the whole verifier. */
let desk: LyingJournal;
let cast: Cast;
let journal: JournalBuilder;

beforeEach(() => {
  desk = new LyingJournal();
  ({ cast, journal } = desk);
});

/** The verdict on the journal with one more line, under a checkpoint that is truly signed over it. */
const verdictOnLine = (bytes: Uint8Array): string[] => {
  const leaves = [...journal.leaves, bytes];
  const checkpoint = journal.signCheckpoint(leaves.length, treeOf(leaves).root(), journal.checkpointKey);
  return problemsOf(verifyJournal(journal, { leaves, checkpoint }));
};

describe('what JSON.parse swallows is not canonical', () => {
  const line = (data: string): string =>
    fromUtf8(leafBytes(desk.drafted(desk.claim())))!.replace('"data":{"person":null}', `"data":${data}`);

  it('though the same line without it holds', () => {
    expect(verdictOnLine(utf8(line('{"person":null}')))).toEqual([]);
  });

  it.each<[string, string]>([
    ['a member twice, with the same value', '{"person":null,"person":null}'],
    ['a member twice, the first with another value', '{"person":"person/x","person":null}'],
    ['a member twice, deep inside', '{"person":null,"x":[{"y":{"z":1,"z":1}}]}'],
    ['a member twice, once with an escape', '{"\\u0070erson":"x","person":null}'],
    ['2^53 + 1, which becomes 2^53', '{"person":9007199254740993}'],
    ['2^53', '{"person":9007199254740992}'],
    ['-(2^53 + 1)', '{"person":-9007199254740993}'],
    ['2^64', '{"person":18446744073709551616}'],
    ['a fraction that becomes 2^53 - 1', '{"person":9007199254740991.0000001}'],
    ['a number of 400 digits, which becomes infinity', `{"person":1${'0'.repeat(400)}}`],
    ['a number too small to be told from 0', `{"person":0.${'0'.repeat(400)}1}`],
    ['an integer with a fraction', '{"person":1.0}'],
    ['an integer with an exponent', '{"person":1e0}'],
    ['minus zero', '{"person":-0}'],
    ['a member named __proto__', '{"__proto__":null,"person":null}'],
    ['a lone surrogate in an escape', '{"person":"\\ud800"}'],
    ['white space', '{"person": null}'],
  ])('%s', (_what, data) => {
    expect(verdictOnLine(utf8(line(data)))).toEqual(['not-canonical@9']);
  });

  it('a whole number beyond 2^53 also for the place', () => {
    const text = line('{"person":null}').replace('"seq":9', '"seq":9007199254740993');
    expect(verdictOnLine(utf8(text))).toEqual(['not-canonical@9']);
  });
});

describe('bytes that are no UTF-8 are not canonical, though a lenient decoder takes them', () => {
  const withBytes = (...bytes: readonly number[]): Uint8Array => {
    const [before = '', after = ''] = fromUtf8(leafBytes(desk.drafted(desk.claim())))!.split('null');
    return Buffer.concat([Buffer.from(`${before}"`), Buffer.from(bytes), Buffer.from(`"${after}`)]);
  };

  it.each<[string, readonly number[]]>([
    ['a byte that never occurs', [0xff]],
    ['a continuation without a beginning', [0x80]],
    ['a beginning without a continuation', [0xc3]],
    ['a slash in two bytes', [0xc0, 0xaf]],
    ['a NUL in two bytes', [0xc0, 0x80]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a pair of surrogates', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
    ['a code point beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
  ])('%s', (_what, bytes) => {
    expect(verdictOnLine(withBytes(...bytes))).toEqual(['not-canonical@9']);
  });

  it('a byte order mark', () => {
    const leaf = leafBytes(desk.drafted(desk.claim()));
    expect(verdictOnLine(Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), leaf]))).toEqual(['not-canonical@9']);
  });
});

describe('nesting of 30,000 levels is refused and does not overflow the stack', () => {
  it.each<[string, string]>([
    ['arrays', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['arrays that are never closed', '['.repeat(60_000)],
    ['objects', '{"a":'.repeat(10_900) + '0' + '}'.repeat(10_900)],
    ['a record’s data', `{"data":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
    ['arrays in objects', '[{"":'.repeat(8_000)],
  ])('of %s', (_what, text) => {
    expect(text.length).toBeLessThan(65_536);
    expect(verdictOnLine(utf8(text))).toEqual(['bad-record@9']);
  });
});

describe('a checkpoint is judged, and by its own key', () => {
  const stranger = () => randomKey(journal.random);
  const verdict = (checkpoint: string): string[] => problemsOf(verifyJournal(journal, { checkpoint }));

  /** The true checkpoint with other signature lines. */
  const signedBy = (...lines: readonly string[]): string =>
    `${parseSignedNote(journal.checkpoint())!.text}\n${lines.map((line) => `${line}\n`).join('')}`;
  const lineOf = (checkpoint: string): string => checkpoint.split('\n').at(-2)!;

  it('also when all hashes lead to its root', () => {
    const { root } = parseSignedCheckpoint(journal.checkpoint())!.checkpoint;
    expect(verdict(journal.signCheckpoint(9, root, stranger()))).toEqual(['wrong-checkpoint-key@-']);
    expect(verdict(parseSignedNote(journal.checkpoint())!.text)).toEqual(['bad-checkpoint-signature@-']);
  });

  it('wherever its line stands: neither the first line nor the last is taken for it', () => {
    const { root } = parseSignedCheckpoint(journal.checkpoint())!.checkpoint;
    const own = lineOf(journal.checkpoint());
    const sameName = lineOf(journal.signCheckpoint(9, root, stranger()));
    const witness = lineOf(journal.signCheckpoint(9, root, stranger(), 'witness.example'));
    expect(verdict(signedBy(sameName, witness, own))).toEqual([]);
    expect(verdict(signedBy(own, witness, sameName))).toEqual([]);
    expect(verdict(signedBy(sameName, witness))).toEqual(['wrong-checkpoint-key@-']);
    expect(verdict(signedBy(witness))).toEqual(['bad-checkpoint-signature@-']);
  });

  it('a line under its name and id by another key does not hold, nor one over another text', () => {
    const { name, id } = noteKey(journal.origin, journal.checkpointKey.publicKey, nodeCrypto);
    const { text } = parseSignedNote(journal.checkpoint())!;
    const signature = Buffer.from(signBase64(stranger(), utf8(text)), 'base64');
    const forged = formatSignedNote({ text, signatures: [{ name, id, signature }] });
    expect(verdict(forged)).toEqual(['bad-checkpoint-signature@-']);
    const older = lineOf(journal.checkpoint(7));
    expect(verdict(signedBy(older))).toEqual(['bad-checkpoint-signature@-']);
    expect(verdict(signedBy(lineOf(journal.checkpoint()), older))).toEqual(['bad-checkpoint-signature@-']);
  });

  it.each([2n ** 53n + 9n, 2n ** 64n - 1n])('of %s records does not become one of fewer by rounding', (size) => {
    const { root } = parseSignedCheckpoint(journal.checkpoint())!.checkpoint;
    const text = `${journal.origin}\n${String(size)}\n${toBase64(root)}\n`;
    const { name, id } = noteKey(journal.origin, journal.checkpointKey.publicKey, nodeCrypto);
    const signature = Buffer.from(signBase64(journal.checkpointKey, utf8(text)), 'base64');
    const signed = formatSignedNote({ text, signatures: [{ name, id, signature }] });
    expect(verdict(signed)).toEqual(['size-mismatch@-']);
  });
});

describe('two valid checkpoints of one journal', () => {
  const consistent = (older: string, newer: string, proof: readonly Hash[]): boolean => {
    const [before, after] = [older, newer].map((text) => parseSignedCheckpoint(text)!.checkpoint);
    const claim = { oldSize: before!.size, oldRoot: before!.root, size: after!.size, root: after!.root, proof };
    return isConsistent(claim, nodeCrypto);
  };

  it('are not consistent backwards: an older one is no continuation, though it is truly signed', () => {
    const kept = journal.checkpoint();
    const older = journal.checkpoint(7);
    const shortened = { leaves: journal.leaves.slice(0, 7), checkpoint: older };
    // The files alone cannot show it: that is what a kept checkpoint is for.
    expect(problemsOf(verifyJournal(journal, shortened))).toEqual([]);
    expect(problemsOf(verifyJournal(journal, { ...shortened, kept }))).toEqual(['size-mismatch@-']);
    expect(problemsOf(verifyJournal(journal, { kept: older }))).toEqual([]);
    const { tree } = journal.state;
    expect(consistent(older, kept, tree.consistencyProof(7, 9))).toBe(true);
    for (const proof of [[], tree.consistencyProof(7, 9), tree.inclusionProof(7, 9)]) {
      expect(consistent(kept, older, proof)).toBe(false);
    }
  });

  it('are not consistent when each is shown another history, by any proof of either', () => {
    const other = new LyingJournal();
    const shared = journal.checkpoint();
    expect(other.journal.checkpoint()).toBe(shared);
    journal.command(desk.claim(cast.agent));
    other.journal.command(other.claim(other.cast.legal));
    const [one, two] = [journal.checkpoint(), other.journal.checkpoint()];
    expect([desk.problems, other.problems]).toEqual([[], []]);
    other.journal.command(other.claim());
    const longer = other.journal.checkpoint();

    const [mine, theirs] = [journal.state.tree, other.journal.state.tree];
    expect(consistent(shared, one, mine.consistencyProof(9))).toBe(true);
    expect(consistent(shared, longer, theirs.consistencyProof(9))).toBe(true);
    expect(consistent(one, two, [])).toBe(false);
    for (const proof of [theirs.consistencyProof(10), mine.inclusionProof(9), theirs.inclusionProof(9, 11)]) {
      expect(consistent(one, longer, proof)).toBe(false);
    }
    expect(problemsOf(verifyJournal(journal, { checkpoint: two }))).toEqual(['root-mismatch@-']);
    expect(problemsOf(verifyJournal(other.journal, { kept: shared }))).toEqual([]);
    expect(problemsOf(verifyJournal(other.journal, { kept: one }))).toEqual(['not-consistent@-']);
  });

  it('are not consistent from the empty journal, from which everything would be', () => {
    const { tree } = journal.state;
    const empty = journal.signCheckpoint(0, tree.root(0), journal.checkpointKey);
    expect(problemsOf(verifyJournal(journal, { kept: empty }))).toEqual(['not-consistent@-']);
    for (const proof of [[], [tree.root(0)], [tree.root()]]) {
      expect(consistent(empty, journal.checkpoint(), proof)).toBe(false);
      expect(consistent(empty, empty, proof)).toBe(false);
    }
  });
});

describe('the program has no say on keys', () => {
  it('it registers none: such a key counts for nothing, not even for those whom it is to serve', () => {
    const mallory = randomPerson(journal.random, 'Mallory', ['legal']);
    journal.command({
      type: 'person.added',
      subject: mallory.id,
      by: cast.admin,
      data: { name: 'Mallory', roles: ['legal'] },
    });
    journal.command({ ...keyRegistration(cast.admin, mallory, journal.origin), by: 'program' });
    expect(new Set(desk.problems)).toEqual(new Set(['bad-actor@10']));
    const verdict = desk.verdictOn(desk.approve(mallory, 'legal'));
    expect(verdict).toContain('unknown-key@11');
  });

  it('it confirms none that an admin registered', () => {
    const { legal } = cast;
    const next = { ...legal, key: randomKey(journal.random) };
    journal.command({ type: 'person.keyRevoked', subject: legal.id, by: cast.admin, data: { key: legal.key.id } });
    journal.command(keyRegistration(cast.admin, next, journal.origin));
    journal.command({ type: 'person.keyConfirmed', subject: legal.id, by: 'program', data: { key: next.key.id } });
    expect(new Set(desk.problems)).toEqual(new Set(['bad-actor@11']));
    expect(desk.verdictOn(desk.approve(next, 'legal'))).toContain('unknown-key@12');
  });

  it('it changes no one’s roles', () => {
    journal.command({
      type: 'person.rolesChanged',
      subject: cast.agent.id,
      by: 'program',
      data: { roles: ['agent', 'legal'] },
    });
    expect(new Set(desk.problems)).toEqual(new Set(['bad-actor@9']));
    const approval = { ...desk.approve(cast.agent, 'legal'), role: 'legal' as const };
    expect(desk.verdictOn(approval)).toContain('bad-actor@10');
  });

  it('it does not rotate the checkpoint key, though the old one vouches for the new', () => {
    const next = randomKey(journal.random);
    const checkpointKey = toBase64(next.publicKey);
    const proof = signBase64(journal.checkpointKey, checkpointKeyProofBytes(journal.origin, checkpointKey));
    journal.command({
      type: 'workspace.keyRotated',
      subject: 'workspace',
      by: 'program',
      data: { checkpointKey, proof },
    });
    const root = journal.state.tree.root();
    expect(new Set(problemsOf(verifyJournal(journal, { checkpoint: journal.signCheckpoint(10, root, next) })))).toEqual(
      new Set(['bad-actor@9', 'wrong-checkpoint-key@-']),
    );
  });
});

describe('an approval stands in a role that the person has', () => {
  it.each<[string, keyof Omit<Cast, 'journal'>, 'comms' | 'legal']>([
    ['an agent as legal', 'agent', 'legal'],
    ['comms as legal', 'comms', 'legal'],
    ['legal as comms', 'legal', 'comms'],
    ['an admin as comms', 'admin', 'comms'],
    ['a publisher as legal', 'publisher', 'legal'],
  ])('and not in one that they merely claim: %s', (_what, who, role) => {
    const approval = desk.approve(cast[who], role);
    expect(desk.verdictOn({ ...approval, role })).toEqual(['bad-actor@9']);
    expect(desk.verdictOn(approval)).toEqual(['bad-actor@9', 'bad-actor@10']);
  });
});

it('the hash of a line that is no record counts for the root like any other', () => {
  const leaf = utf8('{"v":1,"v":1}');
  const tree = treeOf([...journal.leaves, leaf]);
  expect(tree.leaf(9)).toEqual(hashLeaf(leaf, nodeCrypto));
  expect(verdictOnLine(leaf)).toEqual(['not-canonical@9']);
});
