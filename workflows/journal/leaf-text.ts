import type { JournalRecord } from './record.ts';

/** The texts that are made from a record's canonical form by leaving members out. */
export interface UnplacedTexts {
  /** Without `seq`, `at` and `cont`: its SHA-256 is the `parent` of the subject's next record. */
  readonly followed: string;
  /** The same without `sig.value`: what follows the origin in the signed message. */
  readonly signed: string;
}

/**
 * Cuts what is not signed out of a record's canonical text, where serialising the rest again would take most of a
 * verification's time. The envelope has few members, their order is fixed by RFC 8785 (section 3.2.3), and all that
 * stand before `data` and behind `sealed` are made of characters that JSON does not escape, so their places are known.
 * @param text the canonical text of `record`, which was read from it and has a valid envelope
 * @returns `null` when the text is not laid out like that
 */
export const unplacedTexts = (text: string, record: JournalRecord): UnplacedTexts | null => {
  const { at, command, cont, seq, sig, subject, type, version } = record;
  const placeOfAt = text.indexOf(',"at":"');
  const actor = text.slice(0, placeOfAt);
  const commandText = `,"command":"${command}"`;
  const head = `,"at":"${at}"${commandText}${cont ? ',"cont":true' : ''}`;
  const seqText = `,"seq":${String(seq)}`;
  const tail = `,"subject":"${subject}","type":"${type}","v":1,"version":${String(version)}}`;
  const signed = sig ? `,"sig":{"at":"${sig.at}","auth":"${sig.auth}","key":"${sig.key}"` : '';
  const value = sig ? `,"value":"${sig.value}"}` : '';
  const end = seqText + signed + value + tail;
  if (placeOfAt < 0 || !text.startsWith(head, placeOfAt) || !text.endsWith(end)) return null;
  const middle = actor + commandText + text.slice(placeOfAt + head.length, text.length - end.length);
  return { followed: middle + signed + value + tail, signed: middle + (sig ? `${signed}}` : '') + tail };
};
