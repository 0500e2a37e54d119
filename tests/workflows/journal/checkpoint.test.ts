import { describe, expect, it } from 'vitest';
import { fromUtf8, toBase64 } from '#workflows/journal/bytes.ts';
import { checkpointBody, parseCheckpointBody, parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import { formatSignedNote } from '#workflows/journal/signed-note.ts';
import { ifShared, sharedIsAbsent } from '../../journal/shared-data.ts';
import { noteCases } from './note-cases.ts';

const root = new Uint8Array(32).fill(7);
const rootText = toBase64(root);

describe.skipIf(sharedIsAbsent)(`published checkpoint texts${ifShared}`, () => {
  const cases = noteCases('checkpoint-body').map(({ textB64, ...one }) => {
    const text = fromUtf8(Buffer.from(textB64, 'base64'));
    const [, , hash = '', ...extensions] = text?.slice(0, -1).split('\n') ?? [];
    // Go's readers take hashes of any length and empty lines at the end; C2SP tlog-checkpoint does not.
    const isStrict = Buffer.from(hash, 'base64').length === 32 && !extensions.includes('');
    return { ...one, text, isStrict };
  });

  it('a text that must be refused is refused', () => {
    const refused = cases.filter(({ ok }) => !ok);
    expect(refused.length).toBeGreaterThan(1);
    expect(refused.filter(({ text }) => text !== null && parseCheckpointBody(text) !== null)).toEqual([]);
  });

  it('a text that C2SP allows is read', () => {
    const allowed = cases.filter(({ ok, isStrict }) => ok && isStrict);
    expect(allowed.length).toBeGreaterThan(0);
    expect(allowed.filter(({ text }) => text === null || parseCheckpointBody(text) === null)).toEqual([]);
  });

  it('a text that only a lenient reader takes is refused', () => {
    const lenient = cases.filter(({ ok, isStrict }) => ok && !isStrict);
    expect(lenient.filter(({ text }) => text !== null && parseCheckpointBody(text) !== null)).toEqual([]);
  });
});

describe('a checkpoint text', () => {
  it.each([[0n], [1n], [2n ** 53n + 1n], [2n ** 64n - 1n]])('of %s records comes back as it was', (size) => {
    const checkpoint = { origin: 'countersign/A', size, root };
    expect(checkpointBody(checkpoint)).toBe(`countersign/A\n${String(size)}\n${rootText}\n`);
    expect(parseCheckpointBody(checkpointBody(checkpoint))).toEqual(checkpoint);
  });

  it('may carry extension lines behind the root', () => {
    expect(parseCheckpointBody(`o\n5\n${rootText}\nextension one\n— two\n`)).toEqual({ origin: 'o', size: 5n, root });
  });

  it.each([
    ['has no origin', `\n5\n${rootText}\n`],
    ['has no last LF', `o\n5\n${rootText}`],
    ['has no root', 'o\n5\n'],
    ['has no size', `o\n\n${rootText}\n`],
    ['has a size with a leading zero', `o\n05\n${rootText}\n`],
    ['has a size with a sign', `o\n+5\n${rootText}\n`],
    ['has a negative size', `o\n-5\n${rootText}\n`],
    ['has a size in hex', `o\n0x5\n${rootText}\n`],
    ['has a size with a space', `o\n 5\n${rootText}\n`],
    ['has a size with a fraction', `o\n5.0\n${rootText}\n`],
    ['has a size in other digits', `o\n\u{665}\n${rootText}\n`],
    ['has a size of 2^64', `o\n18446744073709551616\n${rootText}\n`],
    ['has a root of 31 bytes', `o\n5\n${toBase64(root.slice(1))}\n`],
    ['has a root of 33 bytes', `o\n5\n${toBase64(new Uint8Array(33))}\n`],
    ['has a root without padding', `o\n5\n${rootText.replace('=', '')}\n`],
    ['has an empty extension line', `o\n5\n${rootText}\n\nextension\n`],
    ['has an empty line at its end', `o\n5\n${rootText}\n\n`],
    ['has carriage returns', `o\r\n5\r\n${rootText}\r\n`],
  ])('is refused when it %s', (_why, text) => {
    expect(parseCheckpointBody(text)).toBeNull();
  });
});

describe('a signed checkpoint', () => {
  const signatures = [{ name: 'o', id: new Uint8Array(4), signature: new Uint8Array(64) }];

  it('is read with its note, and nothing is verified yet', () => {
    const source = formatSignedNote({ text: `o\n5\n${rootText}\n`, signatures });
    expect(parseSignedCheckpoint(source)).toEqual({
      note: { text: `o\n5\n${rootText}\n`, signatures },
      checkpoint: { origin: 'o', size: 5n, root },
    });
  });

  it('is refused when its note or its text is malformed', () => {
    expect(parseSignedCheckpoint(`o\n5\n${rootText}\n`)).toBeNull();
    expect(parseSignedCheckpoint(formatSignedNote({ text: `o\nfive\n${rootText}\n`, signatures }))).toBeNull();
  });
});
