import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { impureUsesIn } from './impure-globals.ts';
import { wrongImportsOf, type SourceFile } from './layers.ts';

const ROOT = join(import.meta.dirname, '..');

const filesBelow = (folder: string): SourceFile[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: relative(ROOT, path).split(sep).join('/'),
      text: readFileSync(path, 'utf8'),
    }));

const FOLDERS = ['workflows', 'src-main', 'src-renderer'] as const;
const files = FOLDERS.flatMap(filesBelow);
const pure = files.filter(({ path }) => path.startsWith('workflows/'));

describe('the program', () => {
  test('imports in one direction only', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap(wrongImportsOf)).toEqual([]);
  });

  test('has a pure part that reads no clock, rolls no dice and knows no host', () => {
    expect(pure.length).toBeGreaterThan(50);
    expect(pure.flatMap(impureUsesIn)).toEqual([]);
  });
});

const PURE = 'workflows/ imports zod';
const SCREENS = 'src-renderer/ imports neither';
const CORE = 'src-main/ imports no screens';
const ELECTRON = 'only src-main/electron/ imports Electron';
const SHELL = 'nothing outside src-main/electron/';
const PRELOAD = 'the preload imports Electron alone';
const OUT = 'nothing imports what was built';

describe('an import is wrong', () => {
  test.each([
    ['of Node in workflows/', 'workflows/a/b.ts', `import { x } from 'node:fs';`, PURE],
    ['of Node without its prefix in workflows/', 'workflows/a/b.ts', `import { x } from 'fs';`, PURE],
    ['of React in workflows/', 'workflows/a/b.ts', `import { x } from 'react';`, PURE],
    ['of another package of an allowed owner', 'workflows/a/b.ts', `import { x } from '@orpc/server';`, PURE],
    ['of the core in workflows/', 'workflows/a/b.ts', `import { x } from '../../src-main/core/desk.ts';`, PURE],
    ['of the core by its alias', 'workflows/a/b.ts', `import { x } from '#main/core/desk.ts';`, PURE],
    ['of types alone', 'workflows/a/b.ts', `import type { X } from '#main/core/desk.ts';`, PURE],
    ['that is passed on', 'workflows/a/b.ts', `export { x } from '#main/core/desk.ts';`, PURE],
    ['at run time', 'workflows/a/b.ts', `const x = await import('node:fs');`, PURE],
    ['of Electron in the core', 'src-main/core/desk.ts', `import { app } from 'electron';`, ELECTRON],
    ['of a part of Electron in the core', 'src-main/core/desk.ts', `import { app } from 'electron/main';`, ELECTRON],
    ['of the shell in the team server', 'src-main/server/a.ts', `import { x } from '../electron/window.ts';`, SHELL],
    ['of the screens in the core', 'src-main/core/desk.ts', `import { x } from '#renderer/app.tsx';`, CORE],
    ['of tests in the program', 'src-main/core/desk.ts', `import { x } from '../../tests/cast.ts';`, CORE],
    ['of the core on a screen', 'src-renderer/app.tsx', `import { x } from '#main/core/desk.ts';`, SCREENS],
    ['of Node on a screen', 'src-renderer/app.tsx', `import { x } from 'node:path';`, SCREENS],
    ['of Node without its prefix on a screen', 'src-renderer/app.tsx', `import { x } from 'path';`, SCREENS],
    ['of Electron on a screen', 'src-renderer/app.tsx', `import { x } from 'electron';`, SCREENS],
    ['of zod in the preload', 'src-main/electron/preload.ts', `import { z } from 'zod';`, PRELOAD],
    [
      'of a type in the preload',
      'src-main/electron/preload.ts',
      `import type { X } from '#workflows/step.ts';`,
      PRELOAD,
    ],
    ['of what was built', 'src-main/core/desk.ts', `import { x } from '../../out/main/index.js';`, OUT],
  ])('%s', (_, path, text, title) => {
    expect(wrongImportsOf({ path, text }).filter((wrong) => wrong.startsWith(title))).toHaveLength(1);
  });
});

describe('an import is right', () => {
  test.each([
    ['of zod in workflows/', 'workflows/a/b.ts', `import { z } from 'zod';`],
    ['of a neighbour', 'workflows/a/b.ts', `import { x } from '../c/d.ts';`],
    ['of workflows/ in the core', 'src-main/core/desk.ts', `import { x } from '#workflows/step.ts';`],
    ['of workflows/ on a screen', 'src-renderer/app.tsx', `import { x } from '#workflows/step.ts';`],
    ['of Electron in the shell', 'src-main/electron/main.ts', `import { app } from 'electron';`],
    ['of the core in the shell', 'src-main/electron/main.ts', `import { x } from '../core/desk.ts';`],
    ['of Electron in the preload', 'src-main/electron/preload.ts', `import { contextBridge } from 'electron';`],
  ])('%s', (_, path, text) => {
    expect(wrongImportsOf({ path, text })).toEqual([]);
  });
});

describe('code is not pure', () => {
  test.each([
    `const now = Date.now();`,
    `const now = new Date();`,
    `const now = new Date;`,
    `const now = Date();`,
    `const chance = Math.random();`,
    `const answer = await fetch('https://example.org');`,
    `const name = process.env.NAME;`,
    `const hash = crypto.subtle;`,
    `const id = globalThis.crypto.randomUUID();`,
    `setTimeout(() => x, 5);`,
    `const use = { crypto };`,
    `const one = (crypto: Port) => crypto.sha256; const other = () => crypto.sha256;`,
    `console.log(1);`,
  ])('%s', (text) => {
    expect(impureUsesIn({ path: 'workflows/a.ts', text })).toHaveLength(1);
  });
});

describe('code is pure', () => {
  test.each([
    `const time = new Date(milliseconds).toISOString();`,
    `const time = Date.parse(text);`,
    `const hash = (bytes: Uint8Array, crypto: Port) => crypto.sha256(bytes);`,
    `const hash = ({ crypto }: Ports) => crypto.sha256(bytes);`,
    `const port = { process: 1, fetch: 2 }; const x = port.process;`,
    `interface Port { readonly crypto: number; fetch(): void }`,
    `const process = 1; const twice = process * 2;`,
    `// Date.now() and Math.random() are not for here\nconst text = 'fetch';`,
  ])('%s', (text) => {
    expect(impureUsesIn({ path: 'workflows/a.ts', text })).toEqual([]);
  });
});
