import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { refuse, RefusalError } from '#workflows/errors.ts';
import {
  personIdSchema,
  customerIdSchema,
  ulidOf,
  type ChannelId,
  type CustomerId,
  type PersonId,
} from '#workflows/identifiers.ts';
import { toBase64 } from '#workflows/journal/bytes.ts';
import { keyProofBytes } from '#workflows/journal/record.ts';
import { formatNoteKey, noteKey } from '#workflows/journal/signed-note.ts';
import { timeSchema, type Time } from '#workflows/time.ts';
import { nodeCrypto } from '../journal/node-crypto.ts';
import { MalformedFileError, openDatabase } from '../storage/database.ts';
import { isNotFound, replaceFile, type Storage } from '../storage/storage.ts';
import { decryptBytes, encryptToBytes } from './box.ts';
import { dataKey, type DataKey } from './data-key.ts';
import type { MachineSecret } from './machine-secret.ts';
import { unwrapSecret, wrappedSecretSchema, wrapSecret, type PassphraseCost } from './passphrase.ts';
import { exportSigningKey, importSigningKey, signBase64, type SigningKey } from './person-key.ts';

const rootFileSchema = z.strictObject({
  /** The root key sealed by machines that may open the workspace. */
  machines: z.array(z.strictObject({ kind: z.string(), sealed: z.string() })),
  /** And wrapped by each admin's passphrase, to open it on another machine. */
  admins: z.record(z.string(), wrappedSecretSchema),
});
type RootFile = z.infer<typeof rootFileSchema>;

const boxFileSchema = z.strictObject({ box: z.string() });
const credentialsFileSchema = z.strictObject({ kind: z.string(), box: z.string() });
const customerFileSchema = z.strictObject({ customer: customerIdSchema, identity: z.string(), box: z.string() });
const identityFileSchema = z.strictObject({ customer: customerIdSchema });
const personFileSchema = z.strictObject({
  person: personIdSchema,
  publicKey: z.string(),
  /** The key's own signature that it is this person's, for `person.keyRegistered`. */
  proof: z.string(),
  wrapped: wrappedSecretSchema,
});

/** A person's key as it is stored. */
export type WrappedPersonKey = z.infer<typeof personFileSchema>;

const invitationFileSchema = z.strictObject({
  person: personIdSchema,
  /** SHA-256 of the code; the code itself has 80 bits that nobody can guess. */
  codeHash: z.string(),
  expiresAt: timeSchema,
});
export type Invitation = z.infer<typeof invitationFileSchema>;

const EMPTY_ROOT: RootFile = { machines: [], admins: {} };

/** Bound to each wrapping, so that no file can stand in another's place. */
const purposeOf = (what: string): string => `countersign/v1/keys/${what}`;

/**
 * The private keys of a workspace, in `keys/`. One root key opens all that the program itself must open (checkpoint key,
 * data keys, credentials); each person's signing key opens by their passphrase alone.
 */
export class KeyStore {
  readonly #folder: string;
  readonly #storage: Storage;
  readonly #root: Uint8Array;
  readonly #machine: MachineSecret;
  readonly #customerKeys = new Map<CustomerId, DataKey | null>();
  readonly #workspaceKey: DataKey;

  private constructor(folder: string, machine: MachineSecret, storage: Storage, root: Uint8Array) {
    this.#folder = folder;
    this.#machine = machine;
    this.#storage = storage;
    this.#root = root;
    this.#workspaceKey = dataKey(this.#derive('workspace-data'));
  }

  /** Makes the keys of a new workspace in `folder`. */
  static create(folder: string, machine: MachineSecret, storage: Storage): KeyStore {
    for (const name of ['', 'people', 'customers', 'identities', 'credentials', 'invitations']) {
      storage.makeFolder(join(folder, name));
    }
    const store = new KeyStore(folder, machine, storage, randomBytes(32));
    store.trustMachine();
    return store;
  }

  /** Opens the keys on a machine that knows them; `null` when this one does not. */
  static open(folder: string, machine: MachineSecret, storage: Storage): KeyStore | null {
    const { data } = openRootFile(folder, storage);
    for (const { kind, sealed } of data.machines) {
      const root = kind === machine.kind ? machine.open(sealed) : null;
      if (root) return new KeyStore(folder, machine, storage, root);
    }
    return null;
  }

  /** Opens the keys by an admin's passphrase, on a machine that does not know them. */
  static async openAsAdmin(
    folder: string,
    passphrase: string,
    machine: MachineSecret,
    storage: Storage,
  ): Promise<KeyStore | null> {
    const { data } = openRootFile(folder, storage);
    for (const wrapped of Object.values(data.admins)) {
      const root = await unwrapSecret(wrapped, passphrase, purposeOf('root'));
      if (root) return new KeyStore(folder, machine, storage, root);
    }
    return null;
  }

  /** Lets this machine open the workspace without a passphrase from now on. */
  trustMachine(): void {
    const database = openRootFile(this.#folder, this.#storage);
    database.data.machines.push({ kind: this.#machine.kind, sealed: this.#machine.seal(this.#root) });
    database.write();
  }

  /** Lets an admin open the workspace anywhere. @param isStillWanted asked once more when the key is ready to be stored */
  async trustAdmin(
    person: PersonId,
    passphrase: string,
    cost: PassphraseCost,
    isStillWanted: () => boolean = () => true,
  ): Promise<void> {
    const wrapped = await wrapSecret(this.#root, passphrase, cost, purposeOf('root'));
    if (!isStillWanted()) return;
    const database = openRootFile(this.#folder, this.#storage);
    database.data.admins[person] = wrapped;
    database.write();
  }

  isTrustedAdmin(person: PersonId): boolean {
    return openRootFile(this.#folder, this.#storage).data.admins[person] !== undefined;
  }

  /** For a person who is no admin any more, or whose passphrase is replaced. */
  distrustAdmin(person: PersonId): void {
    const database = openRootFile(this.#folder, this.#storage);
    if (!database.data.admins[person]) return;
    database.data.admins = Object.fromEntries(Object.entries(database.data.admins).filter(([id]) => id !== person));
    database.write();
  }

  #derive(purpose: string): Uint8Array {
    return new Uint8Array(hkdfSync('sha256', this.#root, '', purposeOf(purpose), 32));
  }

  #seal(what: string, plain: Uint8Array): string {
    return Buffer.from(encryptToBytes(this.#root, plain, purposeOf(what))).toString('base64');
  }

  #open(what: string, box: string): Uint8Array {
    const plain = decryptBytes(this.#root, Buffer.from(box, 'base64'), purposeOf(what));
    if (!plain) throw damaged(what, new Error('it does not open with the workspace’s root key'));
    return plain;
  }

  #write(name: string, content: unknown): void {
    replaceFile(this.#storage, join(this.#folder, name), Buffer.from(JSON.stringify(content), 'utf8'));
  }

  #readFile<Content>(name: string, schema: z.ZodType<Content>): Content | null {
    try {
      return schema.parse(JSON.parse(readFileSync(join(this.#folder, name), 'utf8')));
    } catch (error) {
      if (isNotFound(error)) return null;
      if (error instanceof SyntaxError || error instanceof z.ZodError) throw damaged(name, error);
      throw error;
    }
  }

  /** Stores the checkpoint key and publishes its public half as `workspace.vkey`. */
  saveCheckpointKey(key: SigningKey, origin: string): void {
    this.#write('checkpoint.json', { box: this.#seal('checkpoint', exportSigningKey(key)) });
    const vkey = formatNoteKey(noteKey(origin, key.publicKey, nodeCrypto));
    replaceFile(this.#storage, join(this.#folder, 'workspace.vkey'), Buffer.from(`${vkey}\n`, 'utf8'));
  }

  /** @throws RefusalError when it is missing or does not open */
  checkpointKey(): SigningKey {
    const file = this.#readFile('checkpoint.json', boxFileSchema);
    if (!file) throw damaged('checkpoint.json', new Error('it is missing'));
    return importSigningKey(this.#open('checkpoint', file.box));
  }

  /** A key for what this workspace derives and signs for itself, 32 bytes. */
  derivedKey(purpose: string): Uint8Array {
    return this.#derive(purpose);
  }

  /** Seals confidential text that is no customer's. */
  get workspaceKey(): DataKey {
    return this.#workspaceKey;
  }

  /** A name under which the same author is found again, and which tells nothing without the root key. */
  #identityOf(channel: string, author: string): string {
    return createHmac('sha256', this.#derive('identity')).update(`${channel}\n${author}`).digest('hex');
  }

  /** The customer behind an author on a network; `null` for a new one. */
  customerOf(network: string, author: string): CustomerId | null {
    return this.#customerNamed(this.#identityOf(network, author));
  }

  #customerNamed(identity: string): CustomerId | null {
    return this.#readFile(`identities/${identity}.json`, identityFileSchema)?.customer ?? null;
  }

  /** Makes and stores the key of a new customer, durably, before any record names it. */
  addCustomer(customer: CustomerId, network: string, author: string): DataKey {
    const key = dataKey(randomBytes(32));
    const identity = this.#identityOf(network, author);
    this.#write(`customers/${ulidOf(customer)}.json`, { customer, identity, box: this.#seal(customer, key.key) });
    this.#write(`identities/${identity}.json`, { customer });
    this.#customerKeys.set(customer, key);
    return key;
  }

  /** Whether the customer's key is still there. */
  hasCustomer(customer: CustomerId): boolean {
    return existsSync(join(this.#folder, `customers/${ulidOf(customer)}.json`));
  }

  /**
   * Destroys a customer's key: the name under which they would be found again, every copy of the key, and what a crash left of
   * either; the key itself last, so that whatever stops it on the way is done again. Durable when it returns.
   */
  destroyCustomer(customer: CustomerId): void {
    const ulid = ulidOf(customer);
    const file = this.#readCustomerFile(customer);
    this.#customerKeys.set(customer, null);
    if (file && this.#customerNamed(file.identity) === customer) this.#removeAll('identities', `${file.identity}.`);
    this.#removeAll('customers', `${ulid}.`);
  }

  /** Files of a folder whose names begin so, the shortest, which is the file itself, last. */
  #removeAll(folder: string, beginning: string): void {
    const path = join(this.#folder, folder);
    const names = readdirSync(path).filter((name) => name.startsWith(beginning));
    for (const name of names.sort((a, b) => b.length - a.length)) this.#storage.remove(join(path, name));
    if (names.length > 0) this.#storage.flushFolder(path);
  }

  /** The customer's key; `null` when it was destroyed, is missing or was damaged: the rest of the desk goes on without it. */
  customerKey(customer: CustomerId): DataKey | null {
    const cached = this.#customerKeys.get(customer);
    if (cached !== undefined) return cached;
    const key = this.#readCustomerKey(customer);
    this.#customerKeys.set(customer, key);
    return key;
  }

  #readCustomerKey(customer: CustomerId): DataKey | null {
    const file = this.#readCustomerFile(customer);
    const key = file ? decryptBytes(this.#root, Buffer.from(file.box, 'base64'), purposeOf(customer)) : null;
    return key ? dataKey(key) : null;
  }

  /** `null` also when the file is not what it was. */
  #readCustomerFile(customer: CustomerId): z.infer<typeof customerFileSchema> | null {
    try {
      return this.#readFile(`customers/${ulidOf(customer)}.json`, customerFileSchema);
    } catch (error) {
      if (error instanceof RefusalError) return null;
      throw error;
    }
  }

  /** Wraps a person's key under their passphrase. Nothing is stored: {@link storePersonKey} does, at once. */
  async wrapPersonKey(
    person: PersonId,
    { key, origin }: { key: SigningKey; origin: string },
    passphrase: string,
    cost: PassphraseCost,
  ): Promise<WrappedPersonKey> {
    const wrapped = await wrapSecret(exportSigningKey(key), passphrase, cost, purposeOf(person));
    return {
      person,
      publicKey: toBase64(key.publicKey),
      proof: signBase64(key, keyProofBytes(origin, person)),
      wrapped,
    };
  }

  storePersonKey(key: WrappedPersonKey): void {
    this.#write(`people/${ulidOf(key.person)}.json`, key);
  }

  /** Public key and proof, base64, of the person's key, whether or not it is registered; `null` when there is none. */
  personKey(person: PersonId): { publicKey: string; proof: string; id: string } | null {
    const file = this.#readFile(`people/${ulidOf(person)}.json`, personFileSchema);
    if (!file) return null;
    const id = createHash('sha256').update(Buffer.from(file.publicKey, 'base64')).digest('hex');
    return { publicKey: file.publicKey, proof: file.proof, id };
  }

  /** The person's signing key; `null` when the passphrase is wrong or there is no key. */
  async openPersonKey(person: PersonId, passphrase: string): Promise<SigningKey | null> {
    const file = this.#readFile(`people/${ulidOf(person)}.json`, personFileSchema);
    const der = file ? await unwrapSecret(file.wrapped, passphrase, purposeOf(person)) : null;
    return der ? importSigningKey(der) : null;
  }

  removePersonKey(person: PersonId): void {
    this.#storage.remove(join(this.#folder, `people/${ulidOf(person)}.json`));
  }

  /** Stores an invitation by a command, in place of an earlier one. The code itself is kept nowhere. */
  invite(person: PersonId, { command, expiresAt }: { command: string; expiresAt: Time }): void {
    const codeHash = hashCode(this.invitationCode(person, command));
    this.#write(`invitations/${ulidOf(person)}.json`, { person, codeHash, expiresAt });
  }

  /** The one-time code that a command gives for a person: always the same, and known to nobody without the root key. */
  invitationCode(person: PersonId, command: string): string {
    const bytes = createHmac('sha256', this.#derive('invitation')).update(`${command}\n${person}`).digest();
    return codeOf(bytes.subarray(0, 16));
  }

  invitationOf(person: PersonId): Invitation | null {
    return this.#readFile(`invitations/${ulidOf(person)}.json`, invitationFileSchema);
  }

  /** The invitation that a code redeems, whether or not it has run out. */
  invitationByCode(code: string): Invitation | null {
    const codeHash = hashCode(code);
    for (const name of readdirSync(join(this.#folder, 'invitations'))) {
      if (!name.endsWith('.json')) continue;
      const invitation = this.#readFile(`invitations/${name}`, invitationFileSchema);
      if (invitation?.codeHash === codeHash) return invitation;
    }
    return null;
  }

  removeInvitation(person: PersonId): void {
    this.#storage.remove(join(this.#folder, `invitations/${ulidOf(person)}.json`));
  }

  /** Keeps a channel's credentials: in the key ring where there is one, else sealed with the root key. */
  saveCredentials(channel: ChannelId, credentials: unknown): void {
    const plain = Buffer.from(JSON.stringify(credentials), 'utf8');
    const { kind } = this.#machine;
    const box = kind === 'keyring' ? this.#machine.seal(plain) : this.#seal(channel, plain);
    this.#write(`credentials/${ulidOf(channel)}.json`, { kind, box });
  }

  /**
   * `null` when there are none, or they were kept in another machine's key ring.
   * @throws ZodError when what is stored does not fit
   */
  credentials<Credentials>(channel: ChannelId, schema: z.ZodType<Credentials>): Credentials | null {
    const file = this.#readFile(`credentials/${ulidOf(channel)}.json`, credentialsFileSchema);
    if (!file || (file.kind === 'keyring' && this.#machine.kind !== 'keyring')) return null;
    const plain = file.kind === 'keyring' ? this.#machine.open(file.box) : this.#open(channel, file.box);
    return plain ? schema.parse(JSON.parse(Buffer.from(plain).toString('utf8'))) : null;
  }

  hasCredentials(channel: ChannelId): boolean {
    return this.#readFile(`credentials/${ulidOf(channel)}.json`, credentialsFileSchema) !== null;
  }

  removeCredentials(channel: ChannelId): void {
    this.#storage.remove(join(this.#folder, `credentials/${ulidOf(channel)}.json`));
  }
}

const openRootFile = (folder: string, storage: Storage) => {
  try {
    const initial = structuredClone(EMPTY_ROOT);
    return openDatabase(join(folder, 'root.json'), { schema: rootFileSchema, initial, storage });
  } catch (error) {
    throw error instanceof MalformedFileError ? damaged('root.json', error) : error;
  }
};

/** Keys that are there and cannot be read: nothing but a copy of them helps. */
const damaged = (file: string, cause: unknown): RefusalError =>
  new RefusalError(refuse('JOURNAL_INCONSISTENT', 'keysDamaged', { file: `keys/${file}` }), { cause });

const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Sixteen characters of Crockford's base 32, in four groups: 80 bits that can be read aloud. */
const codeOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte, index) => (index > 0 && index % 4 === 0 ? '-' : '') + CODE_ALPHABET.charAt(byte % 32)).join('');

/** Codes are compared without regard to case, spaces, hyphens and the letters that look like digits. */
const hashCode = (code: string): string =>
  createHash('sha256')
    .update(
      `countersign/v1/invitation\n${code.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')}`,
    )
    .digest('hex');
