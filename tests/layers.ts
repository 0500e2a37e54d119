import { isBuiltin } from 'node:module';
import ts from 'typescript';

/** One file of the program: its path below the root, with slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Every module that a file names: import, export from, import(), require, import type. */
export const importsOf = ({ text }: SourceFile): string[] => [
  ...new Set(ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)),
];

const ALIASES: Readonly<Record<string, string>> = {
  '#workflows/': 'workflows/',
  '#main/': 'src-main/',
  '#renderer/': 'src-renderer/',
};

/** A path without `.` and `..`. Precondition: it does not lead above the root. */
const normalise = (path: string): string =>
  path
    .split('/')
    .reduce<string[]>(
      (parts, part) => (part === '..' ? parts.slice(0, -1) : part === '.' ? parts : [...parts, part]),
      [],
    )
    .join('/');

/** Where an import leads: a path below the root, or the name of a package, `node:fs`, `electron`, `@orpc/contract`. */
export const targetOf = (file: SourceFile, name: string): string => {
  if (name.startsWith('.')) return normalise(`${file.path.slice(0, file.path.lastIndexOf('/'))}/${name}`);
  const alias = Object.keys(ALIASES).find((prefix) => name.startsWith(prefix));
  return alias ? (ALIASES[alias] ?? '') + name.slice(alias.length) : name;
};

const isOf = (target: string, ...packages: string[]): boolean =>
  packages.some((name) => target === name || target.startsWith(`${name}/`));

const isIn = (path: string, ...folders: string[]): boolean => folders.some((folder) => path.startsWith(`${folder}/`));

const SHELL = 'src-main/electron';

/** A preload script, by its name: the only code that runs between the page and Electron. */
const isPreload = (path: string): boolean => isIn(path, SHELL) && /(^|\/)preload\.[cm]?ts$/.test(path);

/** What each part of the program may not import (STYLE.md, Direction), with the door that it should use. */
const RULES: readonly {
  readonly title: string;
  readonly isFor: (path: string) => boolean;
  readonly allows: (target: string, path: string) => boolean;
}[] = [
  {
    title: 'workflows/ imports zod, xstate, @orpc/contract, canonicalize and itself alone',
    isFor: (path) => isIn(path, 'workflows'),
    allows: (target) => isIn(target, 'workflows') || isOf(target, 'zod', 'xstate', '@orpc/contract', 'canonicalize'),
  },
  {
    title: 'src-renderer/ imports neither Node, Electron nor the core',
    isFor: (path) => isIn(path, 'src-renderer'),
    allows: (target) => !isBuiltin(target) && !isOf(target, 'electron') && !isIn(target, 'src-main', 'tests'),
  },
  {
    title: 'src-main/ imports no screens and no tests',
    isFor: (path) => isIn(path, 'src-main'),
    allows: (target) => !isIn(target, 'src-renderer', 'tests'),
  },
  {
    title: 'only src-main/electron/ imports Electron',
    isFor: (path) => !isIn(path, SHELL),
    allows: (target) => !isOf(target, 'electron'),
  },
  {
    title: 'nothing outside src-main/electron/ imports from it',
    isFor: (path) => !isIn(path, SHELL),
    allows: (target) => !isIn(target, SHELL),
  },
  {
    title: 'the preload imports Electron alone',
    isFor: isPreload,
    allows: (target) => target === 'electron',
  },
  {
    title: 'nothing imports what was built, what was installed by its path, or a test',
    isFor: () => true,
    allows: (target) => !isIn(target, 'out', 'node_modules', 'tests'),
  },
];

/** Which imports of a file go against the direction, in words. */
export const wrongImportsOf = (file: SourceFile): string[] =>
  RULES.filter(({ isFor }) => isFor(file.path)).flatMap(({ title, allows }) =>
    importsOf(file)
      .map((name) => targetOf(file, name))
      .filter((target) => !allows(target, file.path))
      .map((target) => `${title}: ${file.path} imports ${target}`),
  );
