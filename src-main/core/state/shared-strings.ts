/** Shorter strings stand where they are. */
const LONG = 12;

/** Begins a place in the list of strings; a string that begins so itself stands in the list, however short it is. */
const MARK = '~';

/** JSON in which ids, times and hashes stand once, however often they are used. */
export interface Packed {
  readonly strings: readonly string[];
  readonly value: unknown;
}

const mapStrings = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  const changed: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) changed[name] = mapStrings(item, change);
  return changed;
};

/** Precondition: `value` is JSON. */
export const packStrings = (value: unknown): Packed => {
  const places = new Map<string, string>();
  const packed = mapStrings(value, (text) => {
    if (text.length < LONG && !text.startsWith(MARK)) return text;
    const known = places.get(text) ?? `${MARK}${places.size.toString(36)}`;
    places.set(text, known);
    return known;
  });
  return { strings: [...places.keys()], value: packed };
};

/** Precondition: `packStrings` made it. */
export const unpackStrings = ({ strings, value }: Packed): unknown =>
  mapStrings(value, (text) =>
    text.startsWith(MARK) ? (strings[Number.parseInt(text.slice(MARK.length), 36)] ?? '') : text,
  );
