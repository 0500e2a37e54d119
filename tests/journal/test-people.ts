import type { PersonId } from '#workflows/identifiers.ts';
import type { Role } from '#workflows/people/roles.ts';
import { importSigningKey, type SigningKey } from '#main/keys/person-key.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Somebody who writes records in a test, with the key open. */
export interface TestPerson {
  readonly id: PersonId;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly key: SigningKey;
}

/** DER prefix of an Ed25519 private key in PKCS #8 (RFC 8410 section 7); the 32-byte seed follows. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The Ed25519 key pair of a 32-byte seed (RFC 8032 section 5.1.5). */
export const keyOfSeed = (seed: Uint8Array): SigningKey => importSigningKey(Buffer.concat([PKCS8_PREFIX, seed]));

export const randomKey = (random: SeededRandom): SigningKey => keyOfSeed(random.bytes(32));

export const randomPerson = (random: SeededRandom, name: string, roles: readonly Role[]): TestPerson => ({
  id: `person/${random.ulid()}`,
  name,
  roles,
  key: randomKey(random),
});
