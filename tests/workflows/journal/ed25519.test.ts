import { sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '#workflows/journal/bytes.ts';
import { nodeCrypto, toPublicKeyObject } from '#main/journal/node-crypto.ts';
import { isOfSmallOrder } from '#main/journal/small-order.ts';
import { exportSigningKey, importSigningKey, signBase64 } from '#main/keys/person-key.ts';
import { SeededRandom } from '../../journal/seeded-random.ts';
import { ifShared, readSharedJson, readSharedText, sharedIsAbsent } from '../../journal/shared-data.ts';
import { keyOfSeed, randomKey } from '../../journal/test-people.ts';

interface Rfc8032Case {
  readonly priv: string;
  readonly pub: string;
  readonly msg: string;
  readonly sig: string;
}

interface Wycheproof {
  readonly tests: readonly { tcId: number; comment: string; pk: string; msg: string; sig: string; result: string }[];
}

interface EdgeCase {
  readonly number: number;
  readonly key: string;
  readonly sig: string;
  readonly msg: string;
  readonly flags: readonly string[] | null;
}

/** Numbers of cases. What holds and what may be registered was decided by this program's rules, not by the vectors. */
interface CctvVerdicts {
  readonly cases: readonly number[];
  readonly holding: readonly number[];
  readonly withAcceptableKey: readonly number[];
}

const vector = (name: string): unknown => readSharedJson('vectors', 'ed25519', name);

describe.skipIf(sharedIsAbsent)(`published Ed25519 vectors${ifShared}`, () => {
  it('the keys, signatures and verdicts of RFC 8032 come out', () => {
    const cases = vector('rfc8032.json') as Rfc8032Case[];
    expect(cases.length).toBeGreaterThan(1);
    for (const { priv, pub, msg, sig } of cases) {
      const key = keyOfSeed(fromHex(priv));
      expect(toHex(key.publicKey)).toBe(pub);
      expect(sign(null, fromHex(msg), key.privateKey).toString('hex')).toBe(sig);
      expect(nodeCrypto.verifyEd25519(fromHex(pub), fromHex(msg), fromHex(sig))).toBe(true);
      expect(nodeCrypto.isAcceptablePublicKey(fromHex(pub))).toBe(true);
    }
  });

  it('every Wycheproof signature gets the verdict of its author', () => {
    const { tests } = vector('wycheproof.json') as Wycheproof;
    expect(tests.length).toBeGreaterThan(70);
    const wrong = tests.filter(
      ({ pk, msg, sig, result }) =>
        nodeCrypto.verifyEd25519(fromHex(pk), fromHex(msg), fromHex(sig)) !== (result === 'valid'),
    );
    expect(wrong).toEqual([]);
  });

  it('every line of the original list verifies, and none with a changed message', () => {
    const lines = readSharedText('vectors', 'ed25519', 'sign.input').trim().split('\n');
    expect(lines.length).toBeGreaterThan(500);
    for (const [number, line] of lines.entries()) {
      const [, pk = '', msg = '', signed = ''] = line.split(':');
      const signature = fromHex(signed.slice(0, 128));
      expect(nodeCrypto.verifyEd25519(fromHex(pk), fromHex(msg), signature), String(number)).toBe(true);
      expect(nodeCrypto.verifyEd25519(fromHex(pk), fromHex(`${msg}00`), signature), String(number)).toBe(false);
    }
  });

  it('every edge case of CCTV gets the verdict that is pinned, as a signature and as a key to be registered', () => {
    const pinned = JSON.parse(readFileSync(join(import.meta.dirname, 'cctv-verdicts.json'), 'utf8')) as CctvVerdicts;
    const cases = vector('cctv-ed25519vectors.json') as EdgeCase[];
    const verdicts: CctvVerdicts = {
      cases: cases.map(({ number }) => number),
      holding: cases
        .filter(({ key, msg, sig }) => nodeCrypto.verifyEd25519(fromHex(key), utf8(msg), fromHex(sig)))
        .map(({ number }) => number),
      withAcceptableKey: cases
        .filter(({ key }) => nodeCrypto.isAcceptablePublicKey(fromHex(key)))
        .map(({ number }) => number),
    };
    expect(verdicts).toEqual(pinned);
  });

  it('no signature holds with a point of low order, one that is not canonical, or a residue that a cofactor removes', () => {
    const flagged = (vector('cctv-ed25519vectors.json') as EdgeCase[]).filter(({ flags }) =>
      flags?.some((flag) => flag !== 'low_order_component_A' && flag !== 'low_order_component_R'),
    );
    expect(flagged.length).toBeGreaterThan(400);
    const held = flagged.filter(({ key, msg, sig }) => nodeCrypto.verifyEd25519(fromHex(key), utf8(msg), fromHex(sig)));
    expect(held).toEqual([]);
  });

  it('no key of low order and no key that is not canonical may be registered', () => {
    const cases = (vector('cctv-ed25519vectors.json') as EdgeCase[]).map((one) => ({ ...one, flags: one.flags ?? [] }));
    const has = (flag: string) => cases.filter(({ flags }) => flags.includes(flag));
    expect(has('low_order_A').length).toBeGreaterThan(100);
    expect(has('non_canonical_A').length).toBeGreaterThan(100);
    const accepted = [...has('low_order_A'), ...has('non_canonical_A')].filter(({ key }) =>
      nodeCrypto.isAcceptablePublicKey(fromHex(key)),
    );
    expect(accepted).toEqual([]);
  });

  it('no signature with a point that is not canonical holds under a key that may be registered', () => {
    const cases = (vector('cctv-ed25519vectors.json') as EdgeCase[]).filter(
      ({ flags, key }) => flags?.includes('non_canonical_R') && nodeCrypto.isAcceptablePublicKey(fromHex(key)),
    );
    const held = cases.filter(({ key, msg, sig }) => nodeCrypto.verifyEd25519(fromHex(key), utf8(msg), fromHex(sig)));
    expect(held).toEqual([]);
  });
});

/** All points of small order, from the order of the curve: RFC 8032 section 5.1 with cofactor 8. */
const SMALL_ORDER = [
  ['order 1', '0100000000000000000000000000000000000000000000000000000000000000'],
  ['order 2', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['order 4', '0000000000000000000000000000000000000000000000000000000000000000'],
  ['order 4, the other sign', '0000000000000000000000000000000000000000000000000000000000000080'],
  ['order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
  ['order 8, the other sign', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85'],
  ['order 8, the other point', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
  ['order 8, the other point, the other sign', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa'],
] as const;

const NOT_CANONICAL = [
  ['y = p, which is 0', 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['y = p + 1, which is 1', 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['y = p + 3', 'f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['y = 2^255 - 1', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['x = 0 with the sign of a negative', '0100000000000000000000000000000000000000000000000000000000000080'],
  ['y = -1 with the sign of a negative', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'],
] as const;

describe('a point', () => {
  const encoded = [...SMALL_ORDER, ...NOT_CANONICAL.filter(([what]) => !/p \+ 3|2\^255/.test(what))];

  it.each(encoded)('of small order is known as such in any encoding: %s', (_what, hex) => {
    for (const sign of [0, 0x80]) {
      const point = fromHex(hex);
      point[31] = (point[31]! & 0x7f) | sign;
      expect(isOfSmallOrder(point)).toBe(true);
      const before = point.slice();
      expect(isOfSmallOrder(Buffer.concat([point, Buffer.alloc(32, 1)]))).toBe(true);
      expect(point).toEqual(before);
    }
  });

  it('of large order is not taken for one, though it is not canonical', () => {
    const random = new SeededRandom(2);
    for (let count = 0; count < 50; count += 1) expect(isOfSmallOrder(randomKey(random).publicKey)).toBe(false);
    expect(isOfSmallOrder(fromHex(NOT_CANONICAL[2][1]))).toBe(false);
  });
});

describe('a public key', () => {
  it.each(SMALL_ORDER)('of %s is not acceptable', (_what, hex) => {
    expect(nodeCrypto.isAcceptablePublicKey(fromHex(hex))).toBe(false);
  });

  it.each(NOT_CANONICAL)('that is not canonical is not acceptable: %s', (_what, hex) => {
    expect(nodeCrypto.isAcceptablePublicKey(fromHex(hex))).toBe(false);
  });

  it('that is no point of the curve, or of another length, is not acceptable and verifies nothing', () => {
    const notOnCurve = fromHex(`02${'00'.repeat(31)}`);
    const lengths = [0, 31, 33, 64].map((length) => new Uint8Array(length).fill(9));
    for (const key of [notOnCurve, ...lengths]) {
      expect(nodeCrypto.isAcceptablePublicKey(key)).toBe(false);
      expect(nodeCrypto.verifyEd25519(key, new Uint8Array(), new Uint8Array(64))).toBe(false);
    }
    expect(toPublicKeyObject(new Uint8Array(31))).toBeNull();
  });

  it('that was honestly made is acceptable', () => {
    const random = new SeededRandom(1);
    for (let count = 0; count < 50; count += 1) {
      expect(nodeCrypto.isAcceptablePublicKey(randomKey(random).publicKey)).toBe(true);
    }
  });
});

describe('a signature', () => {
  const key = keyOfSeed(new Uint8Array(32).fill(3));
  const message = utf8('one message');
  const signature = Uint8Array.from(Buffer.from(signBase64(key, message), 'base64'));

  it('does not hold with any single bit of it, of the message or of the key flipped', () => {
    const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
      const changed = bytes.slice();
      changed[bit >> 3]! ^= 1 << (bit & 7);
      return changed;
    };
    expect(nodeCrypto.verifyEd25519(key.publicKey, message, signature)).toBe(true);
    for (let bit = 0; bit < 512; bit += 1) {
      expect(nodeCrypto.verifyEd25519(key.publicKey, message, flipped(signature, bit))).toBe(false);
      if (bit < 256) expect(nodeCrypto.verifyEd25519(flipped(key.publicKey, bit), message, signature)).toBe(false);
      if (bit < message.length * 8) {
        expect(nodeCrypto.verifyEd25519(key.publicKey, flipped(message, bit), signature)).toBe(false);
      }
    }
  });

  it('of another length than 64 bytes does not hold and does not throw', () => {
    for (const length of [0, 63, 65]) {
      const other = new Uint8Array(length);
      other.set(signature.subarray(0, length));
      expect(nodeCrypto.verifyEd25519(key.publicKey, message, other)).toBe(false);
    }
  });

  it('whose scalar is not below the order of the group does not hold', () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const scalar = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`);
    const larger = signature.slice();
    larger.set(Buffer.from((scalar + order).toString(16).padStart(64, '0'), 'hex').reverse(), 32);
    expect(nodeCrypto.verifyEd25519(key.publicKey, message, larger)).toBe(false);
  });

  it('is what Node verifies by itself, also after the key was stored and read again', () => {
    const again = importSigningKey(exportSigningKey(key));
    expect(again.id).toBe(key.id);
    expect(again.id).toBe(toHex(nodeCrypto.sha256(key.publicKey)));
    expect(signBase64(again, message)).toBe(signBase64(key, message));
    expect(verify(null, message, toPublicKeyObject(key.publicKey)!, signature)).toBe(true);
  });
});

describe('SHA-256', () => {
  it('has the values that FIPS 180-4 gives', () => {
    expect(toHex(nodeCrypto.sha256(new Uint8Array()))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(toHex(nodeCrypto.sha256(utf8('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
