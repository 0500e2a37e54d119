import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import type { PersonId } from '#workflows/identifiers.ts';
import { hashLeaf } from '#workflows/journal/merkle.ts';
import { MerkleTree } from '#workflows/journal/merkle-tree.ts';
import { leafBytes } from '#workflows/journal/record.ts';
import { toTime } from '#workflows/time.ts';
import { checkpointSigner } from '#main/journal/checkpoint-signer.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { EvidenceStore } from '#main/keys/evidence-store.ts';
import { KeyStore } from '#main/keys/key-store.ts';
import { fileMachineSecret } from '#main/keys/machine-secret.ts';
import { Seals } from '#main/keys/seals.ts';
import type { SigningKey } from '#main/keys/person-key.ts';
import { diskStorage } from '#main/storage/storage.ts';
import { BenchDesk, PASSPHRASE } from '../bench-desk.ts';
import { placed, prepareOriginal, ReplyClone, type CloneContext, type ReplyOriginal } from './clone-reply.ts';
import { playPatterns } from './reply-patterns.ts';
import { SegmentWriter } from './segment-writer.ts';

/** Raised whenever what is generated changes, so that nothing old is measured. */
const GENERATION = 1;

/** Replies that go on side by side. */
const AT_ONCE = 8;

/** Replies that are left open at the end, whatever the length of the journal. */
const LEFT_OPEN = 200;

/** A generated workspace, ready to be opened. */
export interface GeneratedJournal {
  readonly generation: number;
  readonly size: number;
  /** When its newest record was written, in milliseconds: a clock to open it by. */
  readonly now: number;
  /** The agent, who may sign in. */
  readonly agent: PersonId;
}

export const workspaceIn = (root: string): string => join(root, 'workspace');
export const homeIn = (root: string): string => join(root, 'home');
export const machineIn = (root: string) => fileMachineSecret(join(root, 'machine.key'), diskStorage);

const noteIn = (root: string): string => join(root, 'generated.json');

/** What is in a folder already; `null` when nothing that is still good. */
export const generatedIn = (root: string): GeneratedJournal | null => {
  if (!existsSync(noteIn(root))) return null;
  const note = JSON.parse(readFileSync(noteIn(root), 'utf8')) as GeneratedJournal;
  return note.generation === GENERATION ? note : null;
};

/** So many milliseconds lie between two commands; a million records take some two and a half years. */
const STEP = 90_000;

/** A journal that grows on the disk, and the tree over it. */
class Growth {
  readonly #writer: SegmentWriter;
  readonly #tree = new MerkleTree(nodeCrypto);
  now: number;

  constructor(writer: SegmentWriter, leaves: Iterable<Uint8Array>, now: number) {
    this.#writer = writer;
    this.now = now;
    for (const leaf of leaves) this.#tree.append(hashLeaf(leaf, nodeCrypto));
  }

  get size(): number {
    return this.#tree.size;
  }

  get root(): Uint8Array {
    return this.#tree.root();
  }

  take(clone: ReplyClone): void {
    this.now += STEP;
    const records = clone.nextCommand(toTime(this.now - 40));
    for (const [index, record] of records.entries()) {
      const place = { seq: this.size, at: toTime(this.now) };
      const leaf = leafBytes(placed(record, place, index === records.length - 1));
      this.#writer.append(leaf, place.seq);
      this.#tree.append(hashLeaf(leaf, nodeCrypto));
    }
  }
}

const grow = (growth: Growth, size: number, originals: readonly ReplyOriginal[], context: CloneContext): void => {
  let count = 0;
  const next = (): ReplyClone => {
    const original = originals[count % originals.length];
    count += 1;
    return new ReplyClone(original as ReplyOriginal, context);
  };
  const openRecords = LEFT_OPEN * 4;
  while (growth.size < size - openRecords) {
    const group = Array.from({ length: AT_ONCE }, next);
    while (group.some((clone) => !clone.isDone)) {
      for (const clone of group) if (!clone.isDone) growth.take(clone);
    }
  }
  // Captured, drafted, submitted, half approved: the queue that a desk has in the morning.
  for (let left = 0; left < LEFT_OPEN; left += 1) {
    const clone = next();
    for (let step = 0; step < 2 + (left % 3); step += 1) growth.take(clone);
  }
};

const openKeys = async (
  root: string,
  people: Iterable<PersonId>,
): Promise<{ keys: KeyStore; own: Map<string, SigningKey> }> => {
  const keys = KeyStore.open(join(workspaceIn(root), 'keys'), machineIn(root), diskStorage);
  if (!keys) throw new Error('the keys of the generated workspace cannot be opened');
  const own = new Map<string, SigningKey>();
  for (const person of people) {
    const key = await keys.openPersonKey(person, PASSPHRASE);
    if (key) own.set(person, key);
  }
  return { keys, own };
};

/**
 * Makes an honest workspace of about `size` records: a dozen replies are played through the program, and then copied with
 * names, seals and signatures of their own, by the same people. Precondition: `size` is at least 2,000.
 */
export const generateJournal = async ({ root, size }: { root: string; size: number }): Promise<GeneratedJournal> => {
  rmSync(root, { recursive: true, force: true });
  const building = `${root}.building`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  const desk = await BenchDesk.create(building);
  await desk.warmUp();
  const patterns = await playPatterns(desk);
  const { journal, agent, people, keyOwners: owners, now } = desk;
  const leaves = Array.from({ length: journal.size }, (_, seq) => journal.readBytes(seq));
  const { origin } = journal;
  await desk.end();

  const { keys, own } = await openKeys(building, people);
  const seals = new Seals(keys, new EvidenceStore(join(workspaceIn(building), 'evidence'), diskStorage), {
    ownerOf: (kid) => owners.get(kid),
    isErased: () => false,
  });
  const originals = patterns.map((pattern) => prepareOriginal(pattern, seals, (kid) => owners.get(kid) ?? 'workspace'));
  const folder = join(workspaceIn(building), 'journal');
  const writer = SegmentWriter.continue(folder);
  const growth = new Growth(writer, leaves, now);
  let minted = now;
  grow(growth, size, originals, { origin, keys: own, seals, newUlid: () => ulid((minted += 10)) });
  writer.end();
  const { privateKey, publicKey } = keys.checkpointKey();
  const checkpoint = checkpointSigner(privateKey, publicKey).sign({
    origin,
    size: BigInt(growth.size),
    root: growth.root,
  });
  writeFileSync(join(folder, 'checkpoint'), checkpoint);
  forgetSnapshots(workspaceIn(building));
  const note: GeneratedJournal = { generation: GENERATION, size: growth.size, now: growth.now, agent };
  writeFileSync(noteIn(building), JSON.stringify(note));
  renameSync(building, root);
  return note;
};

/** Takes away all that is derived from the journal, so that the next start rebuilds it. */
export const forgetSnapshots = (workspace: string): void => {
  for (const name of ['desk', 'archive']) rmSync(join(workspace, name), { recursive: true, force: true });
};
