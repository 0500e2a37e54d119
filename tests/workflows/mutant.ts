import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { compileFunction } from 'node:vm';
import ts from 'typescript';

type Wrapped = (exports: Record<string, unknown>, require: (name: string) => unknown) => void;

const ROOT = join(import.meta.dirname, '..', '..', 'workflows');
const requirePackage = createRequire(import.meta.url);

/** One exported constant of a file whose value is replaced by another expression. */
export interface Mutation {
  /** Path below `workflows/`. */
  readonly file: string;
  readonly name: string;
  readonly replacement: string;
}

const parse = (source: string): ts.SourceFile => ts.createSourceFile('file.ts', source, ts.ScriptTarget.ESNext, true);

const isExported = (statement: ts.Statement): statement is ts.VariableStatement =>
  ts.isVariableStatement(statement) &&
  (statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);

const exportedConstants = (source: string): ts.VariableDeclaration[] =>
  parse(source)
    .statements.filter(isExported)
    .flatMap(({ declarationList }) => [...declarationList.declarations]);

/** Names of the functions that a file of `workflows/` exports, from its source. */
export const functionsOf = (file: string): string[] =>
  exportedConstants(readFileSync(join(ROOT, file), 'utf8'))
    .filter(({ initializer }) => initializer !== undefined && ts.isArrowFunction(initializer))
    .map(({ name }) => name.getText());

/** @throws Error when the file exports no such constant, so that no removal is tried on what is not there */
const mutated = (source: string, { name, replacement, file }: Mutation): string => {
  const found = exportedConstants(source).find((declaration) => declaration.name.getText() === name);
  if (!found?.initializer) throw new Error(`${file} exports no constant ${name}`);
  return source.slice(0, found.initializer.getStart()) + replacement + source.slice(found.initializer.end);
};

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
 * Loads a file of `workflows/` with all that it imports, afresh and with one constant replaced in the source: the
 * program as it would be with that rule taken out, inside the functions that use it as well.
 */
export const loadMutant = (entry: string, mutation: Mutation | null): Record<string, unknown> => {
  const loaded = new Map<string, Record<string, unknown>>();
  const load = (path: string): Record<string, unknown> => {
    const known = loaded.get(path);
    if (known) return known;
    const exports: Record<string, unknown> = {};
    loaded.set(path, exports);
    const source = readFileSync(path, 'utf8');
    const isMutated = mutation !== null && relative(ROOT, path) === mutation.file;
    const code = compile(isMutated ? mutated(source, mutation) : source);
    const resolve = (name: string): unknown =>
      name.startsWith('.') ? load(join(dirname(path), name)) : requirePackage(name);
    const run = compileFunction(code, ['exports', 'require'], { filename: path }) as Wrapped;
    run(exports, resolve);
    return exports;
  };
  return load(join(ROOT, entry));
};
