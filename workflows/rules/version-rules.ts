import { mayDecideVersion } from '../approval/version.machine.ts';
import { openVersion, stepVersion, toVersionEvent, versionAt, type VersionState } from '../approval/version.replay.ts';
import type { CryptoPort } from '../journal/crypto-port.ts';
import { policyHashOf, type PolicyContent } from '../policy/policy.ts';
import { timeOf, type KnownRecord } from '../records.ts';
import { templateHashOf, type TemplateContent } from '../template/template.ts';
import type { Time } from '../time.ts';
import { sentenceOf } from './rule-words.ts';

export type VersionRecord = Extract<KnownRecord, { type: `template.${string}` | `policy.${string}` }>;

interface Version<Content> {
  readonly state: VersionState;
  readonly content: Content;
}

const nameOf = ({ value }: VersionState): string => (typeof value === 'string' ? value : 'inReview');

/** All versions of one template, or of the policy, as its records make them. */
export class VersionHistory<Content extends TemplateContent | PolicyContent> {
  readonly #versions: Version<Content>[] = [];

  /** @returns what the record breaks */
  take(record: VersionRecord, crypto: Pick<CryptoPort, 'sha256'>): string[] {
    const event = toVersionEvent(record);
    if (!event) return ['only a person decides on a version'];
    const number = record.data.version;
    const known = this.#versions[number - 1];
    const isRevision = record.type === 'template.revised' || record.type === 'policy.revised';
    if (!known && !(isRevision && number === this.#versions.length + 1)) return ['there is no such version'];
    const before = known?.state ?? openVersion();
    const state = stepVersion(before, event);
    if (!state) {
      const refusal =
        event.type === 'approve' || event.type === 'requestChanges' || event.type === 'reject'
          ? mayDecideVersion(before.context, event)
          : null;
      return [refusal ? sentenceOf(refusal) : `a version that is ${nameOf(before)} does not take it`];
    }
    const content = isRevision ? (record.data.content as Content) : (known as Version<Content>).content;
    this.#versions[number - 1] = { state, content };
    if (state.value === 'approved' && before.value !== 'approved') this.#supersedeBefore(number, timeOf(record));
    return isRevision && hashOf(record, crypto) !== record.data.contentHash
      ? ['its hash is not that of its content']
      : [];
  }

  #supersedeBefore(number: number, at: Time): void {
    for (const [index, { state, content }] of this.#versions.slice(0, number - 1).entries()) {
      const superseded = stepVersion(state, { type: 'supersede', at });
      if (superseded) this.#versions[index] = { state: superseded, content };
    }
  }

  /** The approved version and its number; `null` when there is none. Approving one supersedes those before it. */
  inForce(): { readonly version: number; readonly content: Content } | null {
    const index = this.#versions.findIndex(({ state }) => state.value === 'approved');
    const found = this.#versions[index];
    return found ? { version: index + 1, content: found.content } : null;
  }

  contentOf(version: number): Content | null {
    return this.#versions[version - 1]?.content ?? null;
  }

  /** `approved`, `expired` and so on, at a time; `null` when there is no such version. */
  stateAt(version: number, at: Time): string | null {
    const found = this.#versions[version - 1];
    return found ? nameOf(versionAt(found.state, at)) : null;
  }
}

const hashOf = (
  record: Extract<VersionRecord, { type: 'template.revised' | 'policy.revised' }>,
  crypto: Pick<CryptoPort, 'sha256'>,
): string =>
  record.type === 'policy.revised'
    ? policyHashOf(record.data.content, crypto)
    : templateHashOf(record.data.content, crypto);
