import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { ReviewKind, Role } from '#workflows/people/roles.ts';
import type { Words } from '../words/use-words.ts';
import type { VersionFacts } from './version-state.tsx';

export type VersionAct = 'edit' | 'submit' | 'approve' | 'requestChanges' | 'reject' | 'retire';

/** What an act on a version is given by the panel. */
export interface ActInput {
  readonly reason: string;
  readonly passphrase?: string;
}

/** An act that this person may do to the version on the screen. */
export interface VersionOffer {
  readonly id: string;
  readonly act: VersionAct;
  readonly label: string;
  readonly keys: string;
  /** What the panel asks for; `null` for an act that is done at once. */
  readonly form: { readonly needsReason: boolean; readonly isSigned: boolean; readonly meaning: string } | null;
  readonly isPrimary: boolean;
  readonly run: (input: ActInput) => Promise<unknown>;
  /** Said when it is done; `null` where the screen itself tells. */
  readonly done: string | null;
}

interface Decision extends ActInput {
  readonly review: ReviewKind;
}

/** The commands of the contract, for one version. */
export interface VersionCommands {
  readonly submit: () => Promise<CommandReceipt>;
  readonly approve: (decision: Decision) => Promise<CommandReceipt>;
  readonly requestChanges: (decision: Decision) => Promise<CommandReceipt>;
  readonly reject: (decision: Decision) => Promise<CommandReceipt>;
  /** Absent where nothing is retired: a policy is only ever replaced. */
  readonly retire?: (input: ActInput) => Promise<unknown>;
  /** Absent where nothing is written on the screen. */
  readonly edit?: () => void;
}

export interface OffersInput {
  readonly say: Words;
  readonly version: VersionFacts;
  readonly kind: 'template' | 'policy';
  readonly name: string;
  readonly isNewest: boolean;
  readonly mayEdit: boolean;
  readonly commands: VersionCommands;
}

/** The refusal concerns this person's own role, not a role that they lack. */
export const isOwnRefusal = (
  { review, refusal }: Pick<VersionFacts['reviews'][number], 'review' | 'refusal'>,
  roles: readonly Role[],
): boolean => refusal !== null && roles.includes(review);

const decisionsOf = ({ say, version, kind, name, commands }: OffersInput): VersionOffer[] =>
  version.reviews
    .filter(({ state, mayDecide }) => state === 'deciding' && mayDecide)
    .flatMap(({ review }, index): VersionOffer[] => {
      const values = { name, version: version.version };
      const offer = (act: 'approve' | 'requestChanges' | 'reject', label: string, keys: string): VersionOffer => ({
        id: `${act}-${review}`,
        act,
        label,
        keys: index === 0 ? keys : keys.toUpperCase(),
        form: {
          needsReason: act !== 'approve',
          isSigned: true,
          meaning: say(`version.meaning.${act}.${kind}`, values),
        },
        isPrimary: act === 'approve' && index === 0,
        run: (input) => commands[act]({ ...input, review }),
        done: say(`version.done.${act}`, values),
      });
      const approve = offer('approve', say('act.approveAs', { review: say(`review.${review}`) }), 'a');
      // Asking for a change and rejecting end the review as a whole, in whichever role.
      if (index > 0) return [approve];
      return [
        offer('reject', say('act.reject'), 'x'),
        offer('requestChanges', say('act.requestChanges'), 'r'),
        approve,
      ];
    });

const OPEN: readonly VersionFacts['state'][] = ['draft', 'inReview', 'rejected'];

/** Everything that this person may do to the version, the primary act last. */
export const versionOffers = (input: OffersInput): VersionOffer[] => {
  const { say, version, kind, name, isNewest, mayEdit, commands } = input;
  const { state } = version;
  const values = { name, version: version.version };
  const offers: VersionOffer[] = [];
  const { retire, edit } = commands;
  if (mayEdit && retire && (state === 'approved' || (state === 'draft' && isNewest))) {
    const word = state === 'draft' ? 'giveUp' : 'retire';
    offers.push({
      id: 'retire',
      act: 'retire',
      label: say(`version.${word}`),
      keys: 'z',
      form: { needsReason: true, isSigned: true, meaning: say(`version.meaning.${word}`, values) },
      isPrimary: false,
      run: retire,
      done: say(`version.done.${word}`, values),
    });
  }
  if (mayEdit && isNewest && edit) {
    offers.push({
      id: 'edit',
      act: 'edit',
      label: say(OPEN.includes(state) ? 'act.edit' : 'version.newVersion'),
      keys: 'e',
      form: null,
      isPrimary: false,
      run: () => {
        edit();
        return Promise.resolve();
      },
      done: null,
    });
  }
  if (state === 'inReview') offers.push(...decisionsOf(input));
  if (mayEdit && isNewest && state === 'draft') {
    offers.push({
      id: 'submit',
      act: 'submit',
      label: say('act.submitTo', { reviews: [say('review.comms'), say('review.legal')] }),
      keys: 's',
      form: null,
      isPrimary: true,
      run: () => commands.submit(),
      done: say('version.done.submit', { ...values, kind }),
    });
  }
  return offers;
};
