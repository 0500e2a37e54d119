import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { compileFunction } from 'node:vm';
import ts from 'typescript';

type Wrapped = (exports: Record<string, unknown>, require: (name: string) => unknown) => void;

const ROOT = join(import.meta.dirname, '..', '..', 'workflows');
const requirePackage = createRequire(import.meta.url);

/** A place in a file of `workflows/` where other source is put. */
export interface Mutation {
  /** Path below `workflows/`. */
  readonly file: string;
  /** The place in UTF-16 units, `to` not included. */
  readonly from: number;
  readonly to: number;
  readonly replacement: string;
}

/** The source of a file of `workflows/`. */
export const sourceOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

export const parse = (source: string): ts.SourceFile =>
  ts.createSourceFile('file.ts', source, ts.ScriptTarget.ESNext, true);

const constantsIn = (source: string): ts.VariableDeclaration[] =>
  parse(source)
    .statements.filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations]);

/** Names of the functions that a file of `workflows/` has as constants, exported or not, from its source. */
export const functionsOf = (file: string): string[] =>
  constantsIn(sourceOf(file))
    .filter(({ initializer }) => initializer !== undefined && ts.isArrowFunction(initializer))
    .map(({ name }) => name.getText());

/**
 * The file with one of its constants replaced by another expression.
 * @throws Error when the file has no such constant, so that no removal is tried on what is not there
 */
export const replaceConstant = (file: string, name: string, replacement: string): Mutation => {
  const found = constantsIn(sourceOf(file)).find((declaration) => declaration.name.getText() === name);
  if (!found?.initializer) throw new Error(`${file} has no constant ${name}`);
  return { file, from: found.initializer.getStart(), to: found.initializer.end, replacement };
};

const mutated = (source: string, { from, to, replacement }: Mutation): string =>
  source.slice(0, from) + replacement + source.slice(to);

const compiled = new Map<string, string>();

const compile = (source: string): string => {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  compiled.set(source, outputText);
  return outputText;
};

/**
 * Loads files of `workflows/` with all that they import, afresh and with one place replaced in the source: the program as
 * it would be with that rule taken out, inside the functions that use it as well.
 * @returns what the files export, together
 */
export const loadMutant = (entries: readonly string[], mutation: Mutation | null): Record<string, unknown> => {
  const loaded = new Map<string, Record<string, unknown>>();
  const load = (path: string): Record<string, unknown> => {
    const known = loaded.get(path);
    if (known) return known;
    const exports: Record<string, unknown> = {};
    loaded.set(path, exports);
    const file = relative(ROOT, path);
    const source = sourceOf(file);
    const code = compile(mutation?.file === file ? mutated(source, mutation) : source);
    const resolve = (name: string): unknown =>
      name.startsWith('.') ? load(join(dirname(path), name)) : requirePackage(name);
    const run = compileFunction(code, ['exports', 'require'], { filename: path }) as Wrapped;
    run(exports, resolve);
    return exports;
  };
  return Object.assign({}, ...entries.map((entry) => load(join(ROOT, entry)))) as Record<string, unknown>;
};
