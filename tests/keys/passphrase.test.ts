import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PRACTICE_COST, STRONG_COST, unwrapSecret, wrappedSecretSchema, wrapSecret } from '#main/keys/passphrase.ts';

const PURPOSE = 'countersign/v1/keys/a-person';
const SECRET = randomBytes(48);

const wrapped = (passphrase = 'right passphrase') => wrapSecret(SECRET, passphrase, PRACTICE_COST, PURPOSE);

const flipped = (base64: string, at: number): string => {
  const bytes = Buffer.from(base64, 'base64');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString('base64');
};

describe('a secret that a passphrase wraps', () => {
  test('opens by that passphrase, after it was stored and read again', async () => {
    const stored = wrappedSecretSchema.parse(JSON.parse(JSON.stringify(await wrapped())));
    expect(await unwrapSecret(stored, 'right passphrase', PURPOSE)).toEqual(SECRET);
  });

  test.each(['', 'wrong', 'Right passphrase', 'right passphrase ', 'right  passphrase'])(
    'does not open by “%s”',
    async (guess) => {
      expect(await unwrapSecret(await wrapped(), guess, PURPOSE)).toBeNull();
    },
  );

  test('opens however the keyboard composes an accent', async () => {
    const stored = await wrapped('caf\u00E9 au lait');
    expect(await unwrapSecret(stored, 'cafe\u0301 au lait', PURPOSE)).toEqual(SECRET);
  });

  test('does not open in the place of another', async () => {
    expect(await unwrapSecret(await wrapped(), 'right passphrase', 'countersign/v1/keys/another')).toBeNull();
  });

  test('does not open once a bit of it was changed, whichever part that is in', async () => {
    const stored = await wrapped();
    const { length } = Buffer.from(stored.box, 'base64');
    for (const at of [0, 11, 12, length - 17, length - 1]) {
      expect(await unwrapSecret({ ...stored, box: flipped(stored.box, at) }, 'right passphrase', PURPOSE)).toBeNull();
    }
    const salted = { ...stored, salt: flipped(stored.salt, 0) };
    expect(await unwrapSecret(salted, 'right passphrase', PURPOSE)).toBeNull();
    expect(await unwrapSecret({ ...stored, box: '' }, 'right passphrase', PURPOSE)).toBeNull();
  });

  test('is wrapped otherwise each time, and shows nothing of itself', async () => {
    const [one, other] = [await wrapped(), await wrapped()];
    expect(one.box).not.toBe(other.box);
    expect(one.salt).not.toBe(other.salt);
    expect(Buffer.from(one.box, 'base64').includes(SECRET.subarray(0, 8))).toBe(false);
  });

  test('says at what cost, and a file may demand neither too little nor too much', async () => {
    const stored = await wrapped();
    expect(stored.costExponent).toBe(PRACTICE_COST.costExponent);
    for (const costExponent of [9, 21, 1.5]) {
      expect(wrappedSecretSchema.safeParse({ ...stored, costExponent }).success).toBe(false);
    }
  });

  test('costs a guesser in earnest no less than OWASP asks: 2^17 rounds over blocks of a kibibyte', async () => {
    expect(STRONG_COST.costExponent).toBeGreaterThanOrEqual(17);
    const stored = await wrapSecret(SECRET, 'right passphrase', STRONG_COST, PURPOSE);
    expect(await unwrapSecret(stored, 'right passphrase', PURPOSE)).toEqual(SECRET);
    expect(await unwrapSecret({ ...stored, costExponent: 16 }, 'right passphrase', PURPOSE)).toBeNull();
  });
});
