import type { ChannelId } from '#workflows/identifiers.ts';
import type { PolicyContent, RouteRule, TermRule } from '#workflows/policy/policy.ts';
import type { Moment } from './calendar.ts';
import type { CastName } from './cast.ts';

const EVERY_REPLY: RouteRule = { id: 'R-1', when: {}, require: ['comms'], reason: 'Every public reply' };

const FIRST_REFUNDS = ['refund', 'money back', 'Erstattung', 'Kaufpreis zurück', 'remboursement'];

const REFUNDS = [
  ...FIRST_REFUNDS,
  ...['refunded', 'compensation', 'compensate', 'voucher', 'goodwill'],
  ...['erstatten', 'Rückerstattung', 'Geld zurück', 'Entschädigung', 'Schadenersatz', 'Gutschein', 'Kulanz'],
  ...['rembourser', 'remboursé', 'dédommagement', 'bon d’achat'],
  ...['reembolso', 'reembolsar', 'indemnización', 'compensación'],
  ...['rimborso', 'rimborsare', 'risarcimento', 'indemnização', 'compensação'],
  ...['zwrot pieniędzy', 'odszkodowanie', 'rekompensata', 'iade', 'tazminat'],
  ...['استرداد', 'تعويض', 'بديلة على نفقتنا', 'החזר', 'החזר מלא', 'פיצוי', '返金', '補償'],
];

const GUARANTEES = [
  ...['guarantee', 'warranty', 'liable', 'liability', 'Garantie', 'Gewährleistung', 'Haftung', 'haften'],
  ...['garantie', 'garantía', 'garanzia', 'garantia', 'gwarancja', 'gwarancji', 'garanti'],
  ...['ضمان', 'الضمان', 'אחריות', 'האחריות', '保証', '無償'],
];

const DANGERS = [
  ...['recall', 'unplug', 'fire', 'burn', 'injury', 'Rückruf', 'Stecker', 'Brandgefahr', 'Verletzung'],
  ...['rappel', 'danger', 'retirada', 'peligro', 'richiamo', 'pericolo', 'recolha', 'perigo'],
  ...['wycofanie', 'zagrożenie', 'geri çağırma', 'tehlike', 'سحب المنتج', 'خطر', 'סכנה', 'リコール', '危険'],
];

/** The policy with which the desk began. */
export const firstPolicy = (): PolicyContent => ({
  name: 'Public replies, first rules',
  order: 'parallel',
  rules: [
    EVERY_REPLY,
    {
      id: 'R-2',
      when: { deviationOver: 40 },
      require: ['legal'],
      reason: 'The text is not from a template, or differs from it by more than 40 %',
    },
    {
      id: 'R-3',
      when: { words: FIRST_REFUNDS },
      require: ['legal'],
      reason: 'The text promises money back',
    },
  ],
  terms: [
    {
      id: 'L-1',
      words: ['guaranteed', 'garantiert'],
      severity: 'warn',
      reason: 'promises more than the terms do.',
    },
  ],
  deviationLimit: 40,
  approvalValidityHours: 24,
  authorMayRelease: true,
  passphraseMinutes: 0,
  idleLockMinutes: 15,
  atRiskMinutes: 20,
});

const rulesInForce = (blog: ChannelId, deviation: number): RouteRule[] => [
  EVERY_REPLY,
  {
    id: 'R-2',
    when: { deviationOver: deviation },
    require: ['legal'],
    reason: `The text is not from a template, or differs from it by more than ${String(deviation)} %`,
  },
  {
    id: 'R-3',
    when: { words: REFUNDS },
    require: ['legal'],
    reason: 'The text promises money back, a replacement or compensation',
  },
  { id: 'R-4', when: { words: GUARANTEES }, require: ['legal'], reason: 'The text speaks of guarantee or liability' },
  { id: 'R-5', when: { channels: [blog] }, require: ['legal'], reason: 'The press reads the blog' },
  {
    id: 'S-1',
    when: { words: DANGERS },
    require: ['comms', 'legal'],
    reason: 'The text names a recall or a danger',
  },
];

const TERMS: TermRule[] = [
  {
    id: 'L-1',
    words: ['guaranteed', 'definitely', '100 %', 'no matter what'],
    languages: ['en'],
    severity: 'warn',
    reason: 'promises more than the terms do.',
    suggestion: 'as a rule',
  },
  {
    id: 'L-4',
    words: ['auf jeden Fall', 'in jedem Fall', 'garantiert'],
    languages: ['de'],
    severity: 'warn',
    reason: 'promises more than the terms do. A refund always has its condition.',
    suggestion: 'auf Wunsch',
  },
  {
    id: 'L-5',
    words: ['sans délai', 'immédiatement', 'en tout cas'],
    languages: ['fr'],
    severity: 'warn',
    reason: 'is a promise without a date.',
    suggestion: 'dès que possible',
  },
  {
    id: 'L-6',
    words: ['en todo caso', 'sin falta'],
    languages: ['es'],
    severity: 'warn',
    reason: 'promises more than the terms do.',
    suggestion: 'si lo desea',
  },
  {
    id: 'L-7',
    words: ['our fault', 'we admit', 'unsere Schuld', 'notre faute', 'nuestra culpa', 'colpa nostra', 'nasza wina'],
    severity: 'block',
    reason: 'admits liability in public. Legal words this.',
  },
  {
    id: 'P-1',
    words: [
      'IBAN',
      'account number',
      'Kontonummer',
      'numéro de compte',
      'número de cuenta',
      'numer konta',
      'numeru konta',
    ],
    severity: 'block',
    reason: 'asks for bank details in public. Ask in a private message.',
  },
  {
    id: 'T-1',
    words: ['unfortunately', 'leider', 'malheureusement', 'lamentablemente', 'purtroppo', 'niestety', 'infelizmente'],
    severity: 'note',
    reason: 'delays the news. Say what happens next.',
  },
];

/** The policy in force. The first draft of it let texts differ more than Legal would have. */
export const secondPolicy = (blog: ChannelId, deviation: number): PolicyContent => ({
  name: 'Public replies',
  order: 'parallel',
  rules: rulesInForce(blog, deviation),
  terms: TERMS,
  deviationLimit: deviation,
  approvalValidityHours: 24,
  authorMayRelease: true,
  passphraseMinutes: 10,
  idleLockMinutes: 30,
  atRiskMinutes: 30,
});

type PolicyAct =
  | { readonly do: 'revise'; readonly content: (blog: ChannelId) => PolicyContent }
  | { readonly do: 'submit' | 'approve' }
  | { readonly do: 'requestChanges'; readonly reason: string };

/** How the policy came about. */
export const POLICY_STORY: readonly (readonly [when: Moment, who: CastName, act: PolicyAct])[] = [
  [{ workday: -8, at: '10:48' }, 'kwame', { do: 'revise', content: firstPolicy }],
  [{ workday: -8, at: '10:55' }, 'kwame', { do: 'submit' }],
  [{ workday: -8, at: '11:27' }, 'ingrid', { do: 'approve' }],
  [{ workday: -8, at: '11:52' }, 'tomasz', { do: 'approve' }],
  [{ workday: -5, at: '10:10' }, 'kwame', { do: 'revise', content: (blog) => secondPolicy(blog, 35) }],
  [{ workday: -5, at: '10:31' }, 'kwame', { do: 'submit' }],
  [
    { workday: -5, at: '11:47' },
    'rachel',
    {
      do: 'requestChanges',
      reason:
        'A third of a template rewritten is a new text. 20 % leaves room for names and a warm sentence; above that we want to read it.',
    },
  ],
  [{ workday: -5, at: '13:16' }, 'kwame', { do: 'revise', content: (blog) => secondPolicy(blog, 20) }],
  [{ workday: -5, at: '13:19' }, 'kwame', { do: 'submit' }],
  [{ workday: -5, at: '14:04' }, 'ingrid', { do: 'approve' }],
  [{ workday: -5, at: '14:38' }, 'rachel', { do: 'approve' }],
];
