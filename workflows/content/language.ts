/** The primary language of a BCP 47 tag in lower case: `de` of `de-AT`. */
export const primaryLanguage = (tag: string): string => (tag.toLowerCase().split('-')[0] ?? '').trim();

export const isSameLanguage = (a: string, b: string): boolean => primaryLanguage(a) === primaryLanguage(b);
