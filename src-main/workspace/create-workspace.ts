import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ulid } from 'ulid';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import { toBase64, utf8 } from '#workflows/journal/bytes.ts';
import { MerkleTree } from '#workflows/journal/merkle-tree.ts';
import { hashLeaf } from '#workflows/journal/merkle.ts';
import { leafBytes, NO_PARENT, originOf, signedBytes, type JournalRecord } from '#workflows/journal/record.ts';
import { toTime, type Clock } from '#workflows/time.ts';
import { checkpointSigner } from '../journal/checkpoint-signer.ts';
import { nodeCrypto } from '../journal/node-crypto.ts';
import { segmentName } from '../journal/segment-files.ts';
import { KeyStore } from '../keys/key-store.ts';
import type { MachineSecret } from '../keys/machine-secret.ts';
import type { PassphraseCost } from '../keys/passphrase.ts';
import { generateSigningKey, signBase64, type SigningKey } from '../keys/person-key.ts';
import { refuseNetworkFolder } from '../storage/network-folder.ts';
import { replaceFile, type Storage } from '../storage/storage.ts';
import { WORKSPACE_FORMAT, writeWorkspaceFile } from './workspace-file.ts';

export interface NewWorkspace {
  readonly folder: string;
  readonly name: string;
  readonly adminName: string;
  readonly passphrase: string;
  readonly isSample?: boolean;
}

export interface CreateContext {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly machine: MachineSecret;
  readonly cost: PassphraseCost;
  /** The table of mounts, for tests; the system's where absent. */
  readonly mounts?: () => string;
}

const checkTarget = (folder: string): void => {
  if (folder.includes('\0')) throw new RefusalError(refuse('INVALID_INPUT', 'notAFolder', { folder }));
  if (!existsSync(folder)) return;
  let isEmpty: boolean;
  try {
    isEmpty = readdirSync(folder).length === 0;
  } catch (cause) {
    throw new RefusalError(refuse('INVALID_INPUT', 'notAFolder', { folder }), { cause });
  }
  if (!isEmpty) throw new RefusalError(refuse('INVALID_INPUT', 'folderNotEmpty', { folder }));
};

/** Record 0: names the workspace, its first admin's key and its checkpoint key, signed by that admin. */
const recordZero = (
  { name, adminName, isSample }: NewWorkspace,
  {
    workspace,
    admin,
    key,
    checkpointKey,
    clock,
  }: {
    workspace: string;
    admin: PersonId;
    key: SigningKey;
    checkpointKey: SigningKey;
    clock: Clock;
  },
): JournalRecord => {
  const at = toTime(clock.now());
  const record: JournalRecord = {
    v: 1,
    seq: 0,
    at,
    type: 'workspace.created',
    subject: 'workspace',
    version: 0,
    parent: NO_PARENT,
    command: ulid(clock.now()),
    actor: { person: admin, role: 'admin' },
    data: {
      workspace,
      name,
      adminName,
      publicKey: toBase64(key.publicKey),
      checkpointKey: toBase64(checkpointKey.publicKey),
      ...(isSample ? { sample: true } : {}),
    },
    sig: { key: key.id, at, auth: 'passphrase', value: '' },
  };
  const value = signBase64(key, signedBytes(record, originOf(workspace)));
  return { ...record, sig: { key: key.id, at, auth: 'passphrase', value } };
};

const writeJournal = (
  folder: string,
  { record, checkpointKey, origin }: { record: JournalRecord; checkpointKey: SigningKey; origin: string },
  storage: Storage,
): void => {
  const journal = join(folder, 'journal');
  storage.makeFolder(journal);
  const leaf = leafBytes(record);
  replaceFile(storage, join(journal, segmentName(0)), Buffer.concat([leaf, utf8('\n')]));
  const tree = new MerkleTree(nodeCrypto);
  tree.append(hashLeaf(leaf, nodeCrypto));
  const checkpoint = checkpointSigner(checkpointKey.privateKey, checkpointKey.publicKey).sign({
    origin,
    size: 1n,
    root: tree.root(),
  });
  replaceFile(storage, join(journal, 'checkpoint'), utf8(checkpoint));
};

/**
 * Makes a workspace in a new or empty folder. It is made beside it and put in place as a whole, so that a crash leaves no
 * half-made workspace.
 * @returns the first admin
 * @throws RefusalError when the folder is in use or cannot be written to
 */
export const createWorkspace = async (input: NewWorkspace, context: CreateContext): Promise<PersonId> => {
  const { storage, clock, machine, cost } = context;
  const target = resolve(input.folder);
  checkTarget(target);
  refuseNetworkFolder(target, context.mounts);
  const workspace = ulid(clock.now());
  const admin: PersonId = `person/${ulid(clock.now())}`;
  const building = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}`);
  try {
    storage.makeFolder(building);
    for (const name of ['evidence', 'drafts', 'desk', 'archive', 'recovered']) storage.makeFolder(join(building, name));
    const keys = KeyStore.create(join(building, 'keys'), machine, storage);
    const key = generateSigningKey();
    const checkpointKey = generateSigningKey();
    keys.saveCheckpointKey(checkpointKey, originOf(workspace));
    keys.storePersonKey(await keys.wrapPersonKey(admin, { key, origin: originOf(workspace) }, input.passphrase, cost));
    await keys.trustAdmin(admin, input.passphrase, cost);
    const record = recordZero(input, { workspace, admin, key, checkpointKey, clock });
    writeJournal(building, { record, checkpointKey, origin: originOf(workspace) }, storage);
    writeWorkspaceFile(building, { id: workspace, name: input.name, format: WORKSPACE_FORMAT }, storage);
    if (existsSync(target)) rmdirSync(target);
    renameSync(building, target);
    storage.flushFolder(dirname(target));
  } catch (cause) {
    rmSync(building, { recursive: true, force: true });
    if (cause instanceof RefusalError) throw cause;
    throw new RefusalError(refuse('UNAVAILABLE', 'cannotCreate', { folder: target, why: (cause as Error).message }), {
      cause,
    });
  }
  return admin;
};
