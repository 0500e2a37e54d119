import type { ExportScope, Revealed } from '#workflows/journal/export-manifest.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { isPersonActor } from '#workflows/people/roles.ts';
import type { WordKey } from '#workflows/words/words.ts';
import { inWords, isWordKey } from '../core/words.ts';
import { escape, fact, PAGE_END, pageHead } from './page-parts.ts';
import { VERIFIER_PATH } from './verifier-script.ts';

/** What the pages of an export say of it. */
export interface ExportFacts {
  readonly name: string;
  readonly workspace: string;
  readonly scope: ExportScope;
  readonly exportedBy: string;
  readonly exportedAt: string;
  /** Records that were asked for, and those that came along for keys and roles. */
  readonly asked: number;
  readonly support: number;
  readonly size: number;
  readonly root: string;
  readonly fingerprint: string;
  readonly revealed: Revealed;
  /** When an authority stamped the checkpoint, and which; `null` where none did. */
  readonly stamp: { readonly at: string; readonly authority: string } | null;
  readonly hasVerifier: boolean;
}

const titleOf = ({ name }: ExportFacts): string =>
  name === '' ? inWords('exportPage.titleNoName') : inWords('exportPage.title', { name });

const number = (value: number): string => new Intl.NumberFormat('en-GB').format(value);

const recordsInWords = ({ scope, asked, support }: ExportFacts): string =>
  scope.of === 'journal' ? number(asked) : inWords('exportPage.recordsOfSlice', { asked, support });

/** Terms and values, in the order in which both pages give them. */
const factsOf = (facts: ExportFacts): [WordKey, string][] => {
  const { scope } = facts;
  const period: [WordKey, string][] =
    scope.of === 'period'
      ? [
          ['exportPage.from', scope.from ?? inWords('exportPage.beginning')],
          ['exportPage.to', scope.to ?? inWords('exportPage.end')],
        ]
      : [];
  const stamped: [WordKey, string][] = facts.stamp
    ? [['exportPage.stamped', inWords('exportPage.stamped.by', facts.stamp)]]
    : [];
  return [
    ['exportPage.of', inWords(`exportPage.of.${scope.of}`)],
    ...period,
    ['exportPage.workspace', facts.workspace],
    ['exportPage.exportedBy', facts.exportedBy],
    ['exportPage.exportedAt', facts.exportedAt],
    ['exportPage.records', recordsInWords(facts)],
    ['exportPage.size', number(facts.size)],
    ['exportPage.root', facts.root],
    ['exportPage.fingerprint', facts.fingerprint],
    ...stamped,
    ['exportPage.revealed', inWords(`exportPage.revealed.${facts.revealed}`)],
  ];
};

const commandOf = ({ hasVerifier, fingerprint }: ExportFacts): string =>
  `${hasVerifier ? `node ${VERIFIER_PATH}` : 'countersign verify'} . --key ${fingerprint}`;

const checkWords = ({ hasVerifier }: ExportFacts): WordKey[] =>
  hasVerifier
    ? ['exportPage.check.command', 'exportPage.check.pin', 'exportPage.check.own']
    : ['exportPage.check.noVerifier', 'exportPage.check.pin'];

/** With standard tools; the certificates come from the authority, not from this folder. */
const stampWords = ({ stamp, size }: ExportFacts): { lead: string; command: string }[] =>
  stamp
    ? [
        {
          lead: inWords('exportPage.check.stamp.lead'),
          command: `openssl ts -verify -in timestamps/${String(size)}.tsr -data journal/checkpoint -CAfile ca.pem`,
        },
      ]
    : [];

const byHand = ({ scope, revealed }: ExportFacts): WordKey[] => [
  scope.of === 'journal' ? 'exportPage.check.byHand.journal' : 'exportPage.check.byHand.record',
  'exportPage.check.byHand.checkpoint',
  'exportPage.check.byHand.signature',
  'exportPage.check.byHand.files',
  ...(revealed === 'content' ? (['exportPage.check.byHand.revealed'] as const) : []),
  ...(revealed === 'keys' ? (['exportPage.check.byHand.keys'] as const) : []),
];

const showsOf = ({ scope }: ExportFacts): WordKey =>
  scope.of === 'journal' ? 'exportPage.shows.journal' : 'exportPage.shows.slice';

/** `README.txt`: the same as the page, for whoever opens no page. */
export const readmeText = (facts: ExportFacts): string => {
  const blocks = [
    titleOf(facts),
    factsOf(facts)
      .map(([term, value]) => `${inWords(term)}: ${value}`)
      .join('\n'),
    `${inWords('exportPage.check')}:\n\n    ${commandOf(facts)}`,
    ...checkWords(facts).map((key) => inWords(key)),
    ...stampWords(facts).map(({ lead, command }) => `${inWords('exportPage.check.stamp')}: ${lead}\n\n    ${command}`),
    `${inWords('exportPage.check.byHand')}:`,
    ...byHand(facts).map((key) => `- ${inWords(key)}`),
    `${inWords('exportPage.shows')}: ${inWords(showsOf(facts))}`,
  ];
  // A name that turns the direction of writing, or moves a terminal, does so in no page of ours.
  return `${blocks.join('\n\n').replaceAll(/[^\P{C}\n]/gu, '\uFFFD')}\n`;
};

const paragraph = (text: string): string => `<p>${escape(text)}</p>`;

const actInWords = (type: string): string => {
  const key = `log.act.${type}`;
  return isWordKey(key) ? inWords(key) : type;
};

/** One row of the page's list. */
export const rowOf = (record: JournalRecord, who: string | null, isSupport: boolean): string => {
  const by = who ?? inWords('exportPage.list.desk');
  const role = isPersonActor(record.actor) ? `, ${inWords(`role.${record.actor.role}`)}` : '';
  const note = isSupport ? ` <span class="soft">(${escape(inWords('exportPage.list.support'))})</span>` : '';
  return `<tr><td>${String(record.seq)}</td><td>${escape(record.at)}</td><td>${escape(actInWords(record.type))}${note}</td><td>${escape(`${by}${role}`)}</td></tr>\n`;
};

/** `index.html`: self-contained, without a script. @param rows of the slice's records; none for a whole journal */
export async function* indexPage(facts: ExportFacts, rows: AsyncIterable<string> | null): AsyncGenerator<string> {
  const shown = factsOf(facts).map(([term, value]) => fact(inWords(term), escape(value)));
  yield pageHead(titleOf(facts));
  yield `<dl>${shown.join('')}</dl>
<h2>${escape(inWords('exportPage.check'))}</h2><pre>${escape(commandOf(facts))}</pre>
${checkWords(facts)
  .map((key) => paragraph(inWords(key)))
  .join('\n')}
${stampWords(facts)
  .map(
    ({ lead, command }) =>
      `<h3>${escape(inWords('exportPage.check.stamp'))}</h3>${paragraph(lead)}<pre>${escape(command)}</pre>`,
  )
  .join('')}
<h3>${escape(inWords('exportPage.check.byHand'))}</h3>
<ol>${byHand(facts)
    .map((key) => `<li>${escape(inWords(key))}</li>`)
    .join('')}</ol>
<h2>${escape(inWords('exportPage.shows'))}</h2>${paragraph(inWords(showsOf(facts)))}
`;
  if (rows) {
    const head = (['record', 'time', 'act', 'who'] as const).map(
      (column) => `<th scope="col">${escape(inWords(`exportPage.list.${column}`))}</th>`,
    );
    yield `<h2>${escape(inWords('exportPage.list'))}</h2><table><thead><tr>${head.join('')}</tr></thead><tbody>\n`;
    yield* rows;
    yield '</tbody></table>\n';
  }
  yield PAGE_END;
}
