import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The middle of the base64 of some bytes, wherever they begin in what is encoded: without the characters that neighbours share. */
const base64Middles = (bytes: Buffer): string[] =>
  [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const first = Math.ceil((offset * 8) / 6);
    const whole = encoded.slice(first, Math.floor(((offset + bytes.length) * 8) / 6));
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
  });

const escaped = (text: string): string =>
  [...Array(text.length).keys()].map((index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');

/** As a JSON writer does that escapes what is not ASCII. */
const asciiJson = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^ -~]/gu, (character) => escaped(character));

const percent = (bytes: Buffer): string => [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

const spellingsOfForm = (text: string): Buffer[] => {
  const utf8 = Buffer.from(text, 'utf8');
  const utf16 = Buffer.from(text, 'utf16le');
  const texts = [
    encodeURIComponent(text),
    encodeURI(text),
    percent(utf8),
    percent(utf8).toUpperCase(),
    JSON.stringify(text).slice(1, -1),
    JSON.stringify(JSON.stringify(text)).slice(3, -3),
    asciiJson(text),
    escaped(text),
    escaped(text).toUpperCase().replaceAll('\\U', '\\u'),
    utf8.toString('hex'),
    utf8.toString('hex').toUpperCase(),
    utf16.toString('hex'),
    ...base64Middles(utf8),
    ...base64Middles(utf16),
  ];
  return [utf8, utf16, Buffer.from(utf16).swap16(), ...texts.map((spelling) => Buffer.from(spelling, 'latin1'))];
};

/** Every usual spelling of a text as bytes, in both of Unicode's normal forms and in lower case. */
export const spellingsOf = (text: string): Buffer[] => {
  const forms = new Set([text, text.normalize('NFC'), text.normalize('NFD'), text.toLowerCase()]);
  const all = [...forms].flatMap(spellingsOfForm).map((bytes) => bytes.toString('latin1'));
  return [...new Set(all)].map((bytes) => Buffer.from(bytes, 'latin1'));
};

/** Where one of the texts stands in bytes, in any spelling: `name: text`. */
export const traces = (name: string, bytes: Buffer, texts: readonly string[]): string[] =>
  texts
    .filter((text) => spellingsOf(text).some((spelling) => bytes.includes(spelling)))
    .map((text) => `${name}: ${text}`);

/** The same in every file below a folder, and in the files' names. */
export const tracesBelow = (folder: string, texts: readonly string[]): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const inName = traces(`the name ${path}`, Buffer.from(entry.name, 'utf8'), texts);
    return entry.isFile() ? [...inName, ...traces(path, readFileSync(path), texts)] : inName;
  });
