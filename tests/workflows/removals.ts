import ts from 'typescript';
import { parse, sourceOf, type Mutation } from './mutant.ts';

/** One thing that is taken out of a file of `workflows/`, in words. */
export interface Removal {
  readonly title: string;
  readonly mutation: Mutation;
}

type Replacement = readonly [place: ts.Expression, by: string];

/** Parts of a chain of `&&`. */
const conjunctsOf = (node: ts.Expression): ts.Expression[] =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
    ? [...conjunctsOf(node.left), ...conjunctsOf(node.right)]
    : [node];

/**
 * A comparison that is there for the compiler alone: a transition is only ever asked for events of its own type, and no
 * time is later than none.
 */
const isForCompiler = (node: ts.Expression): boolean =>
  /^(event\.type [!=]== .*|context\.validUntil !== null)$/.test(node.getText());

/** What must be true for a guard or rule to let something pass, each part of it. */
const withoutConjuncts = (node: ts.ArrowFunction): Replacement[] => {
  const { body } = node;
  if (ts.isBlock(body)) return [];
  const conjuncts = conjunctsOf(body);
  return conjuncts.length < 2 ? [] : conjuncts.filter((each) => !isForCompiler(each)).map((each) => [each, 'true']);
};

const isRefusal = (node: ts.Node): boolean => /\brefuse\(/.test(node.getText());

/** A condition on which something is refused, so that it never is. */
const withoutRefusal = (node: ts.Node): Replacement[] => {
  if (ts.isIfStatement(node) && isRefusal(node.thenStatement)) return [[node.expression, 'false']];
  if (!ts.isConditionalExpression(node)) return [];
  if (isRefusal(node.whenTrue)) return [[node.condition, 'false']];
  return isRefusal(node.whenFalse) ? [[node.condition, 'true']] : [];
};

/** A guard or an action at one of the places where it is used. */
const withoutUse = (node: ts.PropertyAssignment): Replacement[] => {
  const { initializer } = node;
  if (node.name.getText() === 'guard') return [[initializer, '() => true']];
  return node.name.getText() === 'actions' && !ts.isObjectLiteralExpression(initializer)
    ? [[initializer, '() => undefined']]
    : [];
};

const replacementsAt = (node: ts.Node): Replacement[] => {
  if (ts.isPropertyAssignment(node)) return withoutUse(node);
  return ts.isArrowFunction(node) ? withoutConjuncts(node) : withoutRefusal(node);
};

const everyNode = (node: ts.Node): ts.Node[] => {
  const inner: ts.Node[] = [];
  node.forEachChild((child) => {
    inner.push(...everyNode(child));
  });
  return [node, ...inner];
};

/**
 * Everything that can be taken out of a file so that more goes through: each part of its guards and rules, each of their
 * refusals, each guard and action at each place where it is used.
 */
export const removalsFrom = (file: string): Removal[] => {
  const source = parse(sourceOf(file));
  return everyNode(source).flatMap((node) =>
    replacementsAt(node).map(([place, replacement]) => {
      const from = place.getStart();
      const line = source.getLineAndCharacterOfPosition(from).line + 1;
      return {
        title: `${file}:${String(line)} ${place.getText().replaceAll(/\s+/g, ' ')}`,
        mutation: { file, from, to: place.end, replacement },
      };
    }),
  );
};
