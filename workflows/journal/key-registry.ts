import { ULID_PATTERN, type PersonId } from '../identifiers.ts';
import { isPersonActor, roleSchema, type Role } from '../people/roles.ts';
import { fromBase64, toBase64, toHex } from './bytes.ts';
import type { CryptoPort } from './crypto-port.ts';
import { checkpointKeyProofBytes, keyProofBytes, originOf, type JournalRecord } from './record.ts';

/** Something in a record that breaks a rule on people or keys. */
export interface KeyProblem {
  readonly code: 'bad-record' | 'bad-key' | 'bad-actor';
  readonly message: string;
}

interface PersonKeys {
  roles: Role[];
  removed: boolean;
  validKey: string | null;
  /** Registered, but counting only from its confirmation by somebody else. */
  pendingKey: { readonly key: string; readonly registeredBy: PersonId } | null;
  hadKey: boolean;
}

/** A checkpoint key (base64 of 32 bytes) and the first journal size that it signs. */
export interface CheckpointKeyEra {
  readonly fromSize: number;
  readonly publicKey: string;
}

/** Everything a registry knows, as JSON, so that a snapshot can hold it. */
export interface KeyRegistryState {
  origin: string | null;
  people: Record<PersonId, PersonKeys>;
  /** By key id (hex SHA-256 of the public key); keys that no longer count stay, to name whose they were. */
  keys: Record<string, { readonly person: PersonId; readonly publicKey: string }>;
  checkpointKeys: CheckpointKeyEra[];
}

/** What changes the registry. A person writes each of them; a record of the program that claims to is void. */
const ON_PEOPLE_AND_KEYS: ReadonlySet<string> = new Set([
  'workspace.created',
  'workspace.keyRotated',
  'person.added',
  'person.rolesChanged',
  'person.removed',
  'person.keyRegistered',
  'person.keyConfirmed',
  'person.keyRevoked',
]);

export const emptyKeyRegistry = (): KeyRegistryState => ({ origin: null, people: {}, keys: {}, checkpointKeys: [] });

/**
 * People, roles and keys as the journal makes them, record by record. Verification and the program itself use
 * this one piece, so that they cannot disagree about whose key counts where.
 */
export class KeyRegistry {
  readonly #crypto: CryptoPort;
  readonly #state: KeyRegistryState;

  constructor(crypto: CryptoPort, state: KeyRegistryState = emptyKeyRegistry()) {
    this.#crypto = crypto;
    this.#state = state;
  }

  /** The registry's content; not a copy. */
  get state(): KeyRegistryState {
    return this.#state;
  }

  /** `countersign/<workspace ULID>` from record 0, or `null` before it. */
  get origin(): string | null {
    return this.#state.origin;
  }

  /** The checkpoint key, 32 bytes, that signs a journal of `size` records. */
  checkpointKeyAt(size: number | bigint): Uint8Array | null {
    const era = this.#state.checkpointKeys.findLast(({ fromSize }) => BigInt(fromSize) <= BigInt(size));
    return era ? fromBase64(era.publicKey) : null;
  }

  rolesOf(person: PersonId): readonly Role[] {
    return this.#state.people[person]?.roles ?? [];
  }

  validKeyOf(person: PersonId): string | null {
    return this.#state.people[person]?.validKey ?? null;
  }

  pendingKeyOf(person: PersonId): PersonKeys['pendingKey'] {
    return this.#state.people[person]?.pendingKey ?? null;
  }

  /** Whether the person ever had a key that counted, so that a further one needs a second person. */
  hadKey(person: PersonId): boolean {
    return this.#state.people[person]?.hadKey ?? false;
  }

  /** The public key, 32 bytes, of a key that was ever registered. */
  publicKey(keyId: string): Uint8Array | null {
    const known = this.#state.keys[keyId];
    return known ? fromBase64(known.publicKey) : null;
  }

  /**
   * Takes a record in and says what is wrong with it. A record with a problem changes nothing here.
   * Precondition: its envelope is valid; signature and writer were judged before.
   */
  apply(record: JournalRecord): KeyProblem[] {
    const problem = this.#change(record);
    return problem ? [problem] : [];
  }

  #change(record: JournalRecord): KeyProblem | null {
    if (!isPersonActor(record.actor)) {
      return ON_PEOPLE_AND_KEYS.has(record.type)
        ? { code: 'bad-actor', message: 'the program has no say on people and keys' }
        : null;
    }
    const by = record.actor.person;
    switch (record.type) {
      case 'workspace.created':
        return this.#createWorkspace(record, by);
      case 'workspace.keyRotated':
        return this.#rotateCheckpointKey(record);
      case 'person.added':
      case 'person.rolesChanged':
        return this.#setRoles(record);
      case 'person.removed':
        return this.#remove(record);
      case 'person.keyRegistered':
        return this.#registerKey(record, by);
      case 'person.keyConfirmed':
        return this.#confirmKey(record, by);
      case 'person.keyRevoked':
        return this.#revokeKey(record);
      default:
        return null;
    }
  }

  #createWorkspace(record: JournalRecord, by: PersonId): KeyProblem | null {
    const { workspace, publicKey, checkpointKey } = record.data;
    if (record.seq !== 0) return { code: 'bad-record', message: 'a workspace is created by record 0 alone' };
    if (typeof workspace !== 'string' || !ULID_PATTERN.test(workspace)) {
      return { code: 'bad-record', message: 'data.workspace is no ULID' };
    }
    const admin = this.#readKey(publicKey);
    const checkpoint = this.#readKey(checkpointKey);
    if (!admin || !checkpoint) return { code: 'bad-key', message: 'record 0 lacks an acceptable key' };
    this.#state.origin = originOf(workspace);
    const key = this.#keyId(admin);
    this.#state.keys[key] = { person: by, publicKey: toBase64(admin) };
    this.#state.people[by] = {
      roles: ['admin'],
      removed: false,
      validKey: key,
      pendingKey: null,
      hadKey: true,
    };
    this.#state.checkpointKeys.push({ fromSize: 1, publicKey: toBase64(checkpoint) });
    return null;
  }

  #rotateCheckpointKey(record: JournalRecord): KeyProblem | null {
    const { checkpointKey, proof } = record.data;
    const next = this.#readKey(checkpointKey);
    const current = this.checkpointKeyAt(record.seq);
    const signature = typeof proof === 'string' ? fromBase64(proof) : null;
    if (!next || !current || !signature)
      return { code: 'bad-key', message: 'the new checkpoint key is not acceptable' };
    const message = checkpointKeyProofBytes(this.#state.origin ?? '', checkpointKey as string);
    if (!this.#crypto.verifyEd25519(current, message, signature)) {
      return { code: 'bad-key', message: 'the old checkpoint key does not vouch for the new one' };
    }
    this.#state.checkpointKeys.push({ fromSize: record.seq + 1, publicKey: toBase64(next) });
    return null;
  }

  #setRoles(record: JournalRecord): KeyProblem | null {
    const roles = roleSchema.array().safeParse(record.data.roles);
    if (!roles.success) return { code: 'bad-record', message: 'data.roles is no list of roles' };
    const person = record.subject as PersonId;
    const known = this.#state.people[person];
    if (record.type === 'person.rolesChanged' && (!known || known.removed)) {
      return { code: 'bad-record', message: 'the person was not added' };
    }
    if (known) {
      known.removed = false;
      known.roles = roles.data;
    } else {
      this.#state.people[person] = {
        roles: roles.data,
        removed: false,
        validKey: null,
        pendingKey: null,
        hadKey: false,
      };
    }
    return null;
  }

  #remove(record: JournalRecord): KeyProblem | null {
    const known = this.#state.people[record.subject as PersonId];
    if (!known) return { code: 'bad-record', message: 'the person was not added' };
    known.roles = [];
    known.removed = true;
    known.validKey = null;
    known.pendingKey = null;
    return null;
  }

  #registerKey(record: JournalRecord, by: PersonId): KeyProblem | null {
    const person = record.subject as PersonId;
    const known = this.#state.people[person];
    if (!known || known.removed) return { code: 'bad-record', message: 'the person was not added' };
    const publicKey = this.#readKey(record.data.publicKey);
    if (!publicKey) return { code: 'bad-key', message: 'the key is no canonical point of the curve, or of low order' };
    const key = this.#keyId(publicKey);
    if (Object.hasOwn(this.#state.keys, key)) return { code: 'bad-key', message: 'the key was registered before' };
    if (known.validKey) return { code: 'bad-key', message: 'the person still has a valid key' };
    const proof = typeof record.data.proof === 'string' ? fromBase64(record.data.proof) : null;
    if (!proof || !this.#crypto.verifyEd25519(publicKey, keyProofBytes(this.#state.origin ?? '', person), proof)) {
      return { code: 'bad-key', message: 'the proof is not by the new key over this person' };
    }
    this.#state.keys[key] = { person, publicKey: toBase64(publicKey) };
    if (known.hadKey) known.pendingKey = { key, registeredBy: by };
    else {
      known.validKey = key;
      known.hadKey = true;
    }
    return null;
  }

  #confirmKey(record: JournalRecord, by: PersonId): KeyProblem | null {
    const known = this.#state.people[record.subject as PersonId];
    if (!known?.pendingKey || known.pendingKey.key !== record.data.key) {
      return { code: 'bad-key', message: 'no key of that name waits to be confirmed' };
    }
    if (by === known.pendingKey.registeredBy) {
      return { code: 'bad-actor', message: 'whoever registered a key may not confirm it' };
    }
    known.validKey = known.pendingKey.key;
    known.pendingKey = null;
    return null;
  }

  #revokeKey(record: JournalRecord): KeyProblem | null {
    const known = this.#state.people[record.subject as PersonId];
    const key = record.data.key;
    if (!known || (known.validKey !== key && known.pendingKey?.key !== key)) {
      return { code: 'bad-key', message: 'the person has no such key' };
    }
    if (known.validKey === key) known.validKey = null;
    else known.pendingKey = null;
    return null;
  }

  #readKey(value: unknown): Uint8Array | null {
    const bytes = typeof value === 'string' ? fromBase64(value) : null;
    return bytes?.length === 32 && this.#crypto.isAcceptablePublicKey(bytes) ? bytes : null;
  }

  #keyId(publicKey: Uint8Array): string {
    return toHex(this.#crypto.sha256(publicKey));
  }
}
