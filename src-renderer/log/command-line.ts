/** A word as a shell takes it literally: POSIX quotes, or Windows' where the folder is of that kind. */
const quoted = (word: string): string => {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return /^[A-Za-z]:\\/.test(word) ? `"${word}"` : `'${word.replaceAll("'", String.raw`'\''`)}'`;
};

/** The command by which an outsider checks the same files. */
export const verifyCommand = (folder: string, fingerprint: string | null): string =>
  ['countersign', 'verify', quoted(folder), ...(fingerprint === null ? [] : ['--key', fingerprint])].join(' ');
