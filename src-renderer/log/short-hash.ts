/** Eight characters of a hash in two fours, as people compare them. */
export const shortHash = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)}`;
