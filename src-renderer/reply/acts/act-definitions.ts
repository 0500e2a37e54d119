import type { ReplyAct } from '#workflows/contract/reply.contract.ts';

/** What an act asks for before it is done, in the panel above the bar. */
export interface ActForm {
  /** A reason in free text: needed, welcome, or not asked for. */
  readonly reason: 'required' | 'optional' | 'none';
  /** It is signed on purpose: the passphrase is asked for, and what the signature says is shown. */
  readonly isSigned: boolean;
  readonly asks?: 'time' | 'person' | 'reply' | 'address';
}

/** Acts that need more than a click. */
export const ACT_FORMS: Partial<Record<ReplyAct, ActForm>> = {
  approve: { reason: 'optional', isSigned: true },
  requestChanges: { reason: 'required', isSigned: true },
  reject: { reason: 'required', isSigned: true },
  release: { reason: 'none', isSigned: true },
  schedule: { reason: 'none', isSigned: true, asks: 'time' },
  recall: { reason: 'optional', isSigned: false },
  withdraw: { reason: 'required', isSigned: false },
  monitor: { reason: 'optional', isSigned: false, asks: 'time' },
  dismiss: { reason: 'required', isSigned: false },
  handlePrivately: { reason: 'optional', isSigned: false },
  merge: { reason: 'optional', isSigned: false, asks: 'reply' },
  handOver: { reason: 'none', isSigned: false, asks: 'person' },
  confirmByHand: { reason: 'none', isSigned: true, asks: 'address' },
  placeHold: { reason: 'required', isSigned: true },
  liftHold: { reason: 'none', isSigned: true },
  takeDown: { reason: 'none', isSigned: false },
};

/** The act that the state is waiting for, in the order in which it is looked for; it is the one primary button. */
export const PRIMARY: readonly ReplyAct[] = [
  'approve',
  'submit',
  'claim',
  'release',
  'confirmByHand',
  'close',
  'reopen',
];

/** Acts that stand beside the primary one while there is room; the rest is in the menu. */
export const BESIDE: readonly ReplyAct[] = [
  'requestChanges',
  'reject',
  'schedule',
  'unschedule',
  'handOver',
  'dismiss',
  'monitor',
  'recall',
  'fetchAnswers',
  'correct',
  'takeDown',
];

/** Keys of acts, as the palette shows them. */
export const KEYS: Partial<Record<ReplyAct, string>> = {
  approve: 'a',
  requestChanges: 'r',
  reject: 'x',
  edit: 'e',
  claim: 'c',
  release: 'p',
  submit: 's',
};
