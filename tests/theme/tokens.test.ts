import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contrastOf } from './contrast.ts';

const RENDERER = join(import.meta.dirname, '..', '..', 'src-renderer');
const css = readFileSync(join(RENDERER, 'design', 'tokens.css'), 'utf8');

/** The tokens of a block of the file, by their names. */
const tokensOf = (block: string): Map<string, string> =>
  new Map([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value.trim()]));

const [lightBlock = '', darkBlock = ''] = css.split("[data-theme='dark']");
const light = tokensOf(lightBlock);
const THEMES = [
  ['light', light],
  ['dark', new Map([...light, ...tokensOf(darkBlock)])],
] as const;

const GROUNDS = ['canvas', 'surface', 'sunken', 'hover', 'selected'] as const;

/** What is read, and on which grounds it stands. */
const TEXTS: readonly (readonly [string, readonly string[]])[] = [
  ['ink', [...GROUNDS, 'ins-ground', 'pick-ground', 'text-selection', 'ok-ground', 'warn-ground', 'bad-ground']],
  ['ink-2', [...GROUNDS, 'ok-ground', 'warn-ground', 'bad-ground']],
  ['ink-3', GROUNDS],
  ['del-ink', ['surface', 'canvas']],
  ['on-accent', ['accent', 'accent-hover']],
  ['ok', ['canvas', 'surface', 'ok-ground']],
  ['warn', ['canvas', 'surface', 'selected', 'warn-ground']],
  ['bad', ['canvas', 'surface', 'selected', 'bad-ground']],
];

/** What is not read but must be seen: outlines of fields, the focus, marks of states. */
const MARKS: readonly (readonly [string, readonly string[]])[] = [
  ['line-control', ['canvas', 'surface']],
  ['focus', GROUNDS],
];

const colour = (tokens: ReadonlyMap<string, string>, name: string): string => {
  const value = tokens.get(name) ?? '';
  if (!/^#[\da-f]{6}$/.test(value)) throw new Error(`--${name} is no colour: “${value}”`);
  return value;
};

const pairsOf = (table: typeof TEXTS): [string, string][] =>
  table.flatMap(([mark, grounds]) => grounds.map((ground): [string, string] => [mark, ground]));

describe.each(THEMES)('In the %s theme', (_name, tokens) => {
  it.each(pairsOf(TEXTS))('text in %s can be read on %s: 4.5 to 1', (text, ground) => {
    expect(contrastOf(colour(tokens, text), colour(tokens, ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pairsOf(MARKS))('a mark in %s can be seen on %s: 3 to 1', (mark, ground) => {
    expect(contrastOf(colour(tokens, mark), colour(tokens, ground))).toBeGreaterThanOrEqual(3);
  });

  it('every colour of the light theme has its counterpart, and no other', () => {
    const names = (block: string): string[] =>
      [...tokensOf(block)].filter(([, value]) => value.startsWith('#')).map(([token]) => token);
    expect(names(darkBlock).sort()).toEqual(names(lightBlock).sort());
  });
});

it('Contrast is counted as WCAG counts it', () => {
  expect(contrastOf('#000000', '#ffffff')).toBe(21);
  expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

const stylesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:css|tsx)$/.test(entry.name) && entry.name !== 'tokens.css')
    .map((entry) => join(entry.parentPath, entry.name));

it.each(stylesIn(RENDERER).map((path) => path.slice(RENDERER.length + 1)))(
  'Colours come from the tokens alone: %s',
  (path) => {
    const source = readFileSync(join(RENDERER, path), 'utf8');
    expect(source.match(/#[\da-f]{6}\b|#[\da-f]{3}\b(?=[;\s'"])|\b(?:rgb|hsl|oklch)a?\(/gi) ?? []).toEqual([]);
  },
);
