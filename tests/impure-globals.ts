import ts from 'typescript';
import type { SourceFile } from './layers.ts';

/** Globals through which a clock, chance, the network or a host would get into pure code. */
const IMPURE: ReadonlySet<string> = new Set([
  'fetch',
  'process',
  'crypto',
  'performance',
  'globalThis',
  'window',
  'self',
  'document',
  'navigator',
  'localStorage',
  'XMLHttpRequest',
  'WebSocket',
  'Buffer',
  'console',
  'require',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'eval',
  'Function',
]);

/** Names that a parameter, variable or import pattern binds. */
const namesOf = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesOf(element.name)));

const namesIn = ({ declarations }: ts.VariableDeclarationList): string[] =>
  declarations.flatMap(({ name }) => namesOf(name));

/** Names that are declared in a node for what stands inside it. */
const declaredIn = (node: ts.Node): string[] => {
  if (ts.isFunctionLike(node)) return node.parameters.flatMap(({ name }) => namesOf(name));
  if (ts.isForOfStatement(node) || ts.isForInStatement(node) || ts.isForStatement(node)) {
    return node.initializer && ts.isVariableDeclarationList(node.initializer) ? namesIn(node.initializer) : [];
  }
  if (!ts.isSourceFile(node) && !ts.isBlock(node)) return [];
  return node.statements.flatMap((statement) =>
    ts.isVariableStatement(statement) ? namesIn(statement.declarationList) : [],
  );
};

/** Whether an identifier is looked up in scope, and is not the name of something that is declared or of a member. */
const isLookedUp = (node: ts.Identifier): boolean => {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isBindingElement(parent) && parent.propertyName === node) return false;
  return (parent as { name?: ts.Node }).name !== node && !ts.isTypeReferenceNode(parent);
};

const memberOf = (node: ts.PropertyAccessExpression): string => `${node.expression.getText()}.${node.name.text}`;

const isClockOrChance = (node: ts.Node): boolean => {
  if (ts.isPropertyAccessExpression(node)) return ['Date.now', 'Math.random'].includes(memberOf(node));
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0;
  return ts.isCallExpression(node) && node.expression.getText() === 'Date';
};

/**
 * Where code reads a clock, makes random numbers or reaches for a host's globals, as `name` and line. A parameter or
 * constant of the same name is none of them.
 */
export const impureUsesIn = ({ path, text }: SourceFile): string[] => {
  const root = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const found: string[] = [];
  const report = (node: ts.Node): void => {
    const { line } = root.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${path}:${String(line + 1)} ${node.getText()}`);
  };
  const visit = (node: ts.Node, outer: ReadonlySet<string>): void => {
    const declared = declaredIn(node);
    const scope = declared.length > 0 ? new Set([...outer, ...declared]) : outer;
    if (isClockOrChance(node)) report(node);
    else if (ts.isIdentifier(node) && IMPURE.has(node.text) && isLookedUp(node) && !scope.has(node.text)) report(node);
    ts.forEachChild(node, (child) => visit(child, scope));
  };
  visit(root, new Set());
  return found;
};
