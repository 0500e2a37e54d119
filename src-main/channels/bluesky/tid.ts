const DIGITS = '234567abcdefghijklmnopqrstuvwxyz';
const LENGTH = 13;

/** The AT Protocol's spelling of a timestamp identifier; the first bit of its 65 is always 0. */
const TID_PATTERN = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/;

export const isTid = (text: string): boolean => TID_PATTERN.test(text);

/** Base 32 that sorts as its numbers do: 53 bits of microseconds since 1970, then 10 bits of clock id. */
const spell = (microseconds: number, clockId: number): string => {
  let rest = (BigInt(microseconds) << 10n) | BigInt(clockId);
  let text = '';
  for (let index = 0; index < LENGTH; index += 1) {
    text = DIGITS.charAt(Number(rest & 31n)) + text;
    rest >>= 5n;
  }
  return text;
};

/** When a TID says that it was made, in milliseconds since 1970. Precondition: {@link isTid}. */
export const timeOfTid = (tid: string): number => {
  let value = 0n;
  for (const digit of tid) value = (value << 5n) | BigInt(DIGITS.indexOf(digit));
  return Number((value >> 10n) / 1000n);
};

/**
 * A source of TIDs that strictly increase, also within a millisecond and when the clock goes back.
 * @param clockId 0 to 1023, by chance, so that two machines do not meet
 * @see https://atproto.com/specs/tid
 */
export const createTidSequence = (clockId: number): ((now: Date) => string) => {
  let last = -1;
  return (now) => {
    last = Math.max(now.getTime() * 1000, last + 1);
    return spell(last, clockId);
  };
};
