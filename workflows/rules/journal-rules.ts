import type { CustomerId, HoldId, PublicationId, ReplyId, TemplateId } from '../identifiers.ts';
import type { CryptoPort } from '../journal/crypto-port.ts';
import type { JournalRecord } from '../journal/record.ts';
import type { RecordRules, VerificationNote } from '../journal/verify.ts';
import { DEFAULT_POLICY, type PolicyContent } from '../policy/policy.ts';
import {
  openPublication,
  stepPublication,
  toPublicationEvent,
  type PublicationState,
} from '../publication/publication.replay.ts';
import { mayPause, mayResume } from '../publishing/pause.machine.ts';
import { isPaused, publishingIsOn, stepPause, toPauseEvent } from '../publishing/pause.replay.ts';
import { readKnownRecord, type KnownRecord } from '../records.ts';
import { isIn } from '../step.ts';
import type { TemplateContent } from '../template/template.ts';
import { ClockRules } from './clock-rules.ts';
import { ErasureRules, type ErasureRecord } from './erasure-rules.ts';
import { KnownPublications, KnownReplies } from './known-replies.ts';
import { AuditorRules } from './people-rules.ts';
import { hasSameAuthors, openedReply, problemWithTemplate, stepRuledReply, type RuledReply } from './reply-rules.ts';
import { hasRulesOverText, problemsWithRoute } from './route-rules.ts';
import { sentenceOf } from './rule-words.ts';
import { TextRuledSubmissions } from './text-ruled.ts';
import { VersionHistory, type VersionRecord } from './version-rules.ts';

type Of<Prefix extends string> = Extract<KnownRecord, { type: `${Prefix}.${string}` }>;

const NO_REPLY = 'there is no such reply';

/** What lets something happen that could not happen before. It does so only by a signature that counts. */
const GRANTS: ReadonlySet<string> = new Set([
  'reply.approved',
  'reply.released',
  'reply.scheduled',
  'template.approved',
  'policy.approved',
  'publishing.resumeProposed',
  'publishing.resumed',
  'publication.confirmedByHand',
  'hold.lifted',
  'erasure.proposed',
  'erasure.confirmed',
]);

/**
 * Replays a journal's records through the machines that the program itself asks before it appends, and judges DESIGN.md's
 * invariants 1 to 9 by what stands in plain view, and erasures. A record that breaks one changes nothing, so that what
 * follows on it is judged by what was allowed. It keeps all of what is under way, a little of each reply and publication
 * that is over, and every version of a template and of the policy.
 */
export class JournalRules implements RecordRules {
  readonly #crypto: Pick<CryptoPort, 'sha256'>;
  readonly #auditors = new AuditorRules();
  readonly #clock = new ClockRules();
  readonly #replies = new KnownReplies();
  readonly #publications = new KnownPublications();
  readonly #templates = new Map<TemplateId, VersionHistory<TemplateContent>>();
  readonly #policy = new VersionHistory<PolicyContent>();
  readonly #holds = new Map<HoldId, readonly ReplyId[]>();
  readonly #erasures = new ErasureRules();
  readonly #textRuled = new TextRuledSubmissions();
  #pause = publishingIsOn();

  constructor(crypto: Pick<CryptoPort, 'sha256'>) {
    this.#crypto = crypto;
  }

  take(record: JournalRecord, isAuthorised = true): string[] {
    const problems = [...this.#auditors.judgeWriter(record), ...this.#clock.take(record)];
    const reading = readKnownRecord(record);
    if (!reading.ok) {
      // Types that other versions of the program know have no machine here.
      if (reading.cause === 'badData') problems.push(`its data does not have the form of ${record.type}`);
      return problems;
    }
    if (!isAuthorised && GRANTS.has(record.type)) return problems;
    try {
      return [...problems, ...this.#judge(reading.record)];
    } catch (error) {
      return [...problems, `it cannot be replayed: ${(error as Error).message}`];
    }
  }

  notes(): VerificationNote[] {
    const notes: VerificationNote[] = [];
    for (const customer of this.#erasures.erased) {
      const seqs = this.#textRuled.of(customer);
      if (seqs.length === 0) continue;
      const message = `${customer} was erased: whether words in the text asked for more reviews cannot be told any more for ${
        seqs.length === 1 ? 'record' : 'records'
      } ${seqs.join(', ')}`;
      notes.push({ code: 'not-checkable', message });
    }
    return notes;
  }

  #judge(record: KnownRecord): string[] {
    const problems = this.#erasures.judge(record, () => this.#customersOf(record));
    this.#erasures.learn(record);
    return problems.length > 0 ? problems : this.#replay(record);
  }

  /** The customers of the replies that a record is about. */
  #customersOf(record: KnownRecord): CustomerId[] {
    const replies = record.type.startsWith('reply.')
      ? [record.subject as ReplyId]
      : record.type.startsWith('publication.')
        ? [(record as Of<'publication'>).data.reply]
        : record.type === 'hold.placed'
          ? record.data.replies
          : [];
    return replies.flatMap((reply) => this.#replies.get(reply)?.customer ?? []);
  }

  #replay(record: KnownRecord): string[] {
    switch (record.type) {
      case 'person.added':
      case 'person.rolesChanged':
      case 'person.removed':
        return this.#auditors.take(record);
      case 'template.revised':
      case 'template.submitted':
      case 'template.approved':
      case 'template.changesRequested':
      case 'template.rejected':
      case 'template.retired':
        return this.#takeTemplate(record);
      case 'policy.revised':
      case 'policy.submitted':
      case 'policy.approved':
      case 'policy.changesRequested':
      case 'policy.rejected':
      case 'policy.retired':
        return this.#policy.take(record, this.#crypto);
      case 'publishing.paused':
      case 'publishing.resumeProposed':
      case 'publishing.resumed':
        return this.#takePause(record);
      case 'publication.attempted':
      case 'publication.succeeded':
      case 'publication.failed':
      case 'publication.unknown':
      case 'publication.confirmedByHand':
      case 'publication.observed':
        return this.#takePublication(record);
      case 'hold.placed':
      case 'hold.lifted':
        return this.#takeHold(record);
      case 'erasure.proposed':
      case 'erasure.declined':
      case 'erasure.confirmed':
      case 'subject.erased':
        return this.#takeErasure(record);
      case 'reply.opened':
        return this.#openReply(record);
      case 'reply.recounted':
        return this.#replies.get(record.subject as ReplyId) ? [] : [NO_REPLY];
      default:
        return record.type.startsWith('reply.') ? this.#takeReply(record as Of<'reply'>) : [];
    }
  }

  #takeTemplate(record: Extract<VersionRecord, { type: `template.${string}` }>): string[] {
    const id = record.subject as TemplateId;
    const known = this.#templates.get(id) ?? new VersionHistory<TemplateContent>();
    this.#templates.set(id, known);
    return known.take(record, this.#crypto);
  }

  #takePause(record: Of<'publishing'>): string[] {
    const event = toPauseEvent(record);
    const state = event ? stepPause(this.#pause, event) : null;
    if (event && !state) {
      const refusal =
        event.type === 'pause'
          ? mayPause(event.actor)
          : event.type === 'resume'
            ? mayResume(this.#pause.context, event.actor)
            : null;
      return [
        refusal
          ? sentenceOf(refusal)
          : isPaused(this.#pause)
            ? 'publishing is paused, which does not take it'
            : 'publishing is not paused',
      ];
    }
    if (state) this.#pause = state;
    return [];
  }

  #openReply(record: Extract<KnownRecord, { type: 'reply.opened' }>): string[] {
    const id = record.subject as ReplyId;
    if (this.#replies.get(id)) return ['the reply was opened before'];
    this.#replies.set(id, openedReply(record.data));
    return [];
  }

  #takeReply(record: Of<'reply'>): string[] {
    const id = record.subject as ReplyId;
    const known = this.#replies.get(id);
    if (!known) return [NO_REPLY];
    const problems = record.type === 'reply.submitted' ? this.#judgeSubmission(known, record) : [];
    const next = stepRuledReply(known, record);
    if (typeof next === 'string') return [next, ...problems];
    this.#replies.set(id, this.#changed(next, record));
    return problems;
  }

  #changed(reply: RuledReply, record: Of<'reply'>): RuledReply {
    if (record.type === 'reply.revised') {
      return { ...reply, template: record.data.template, deviation: record.data.deviation, succeeded: null };
    }
    if (record.type === 'reply.submitted' && hasRulesOverText(this.#policyInForce().content)) {
      this.#textRuled.add(reply.customer, record.seq);
    }
    return reply;
  }

  #policyInForce(): { readonly version: number; readonly content: PolicyContent } {
    return this.#policy.inForce() ?? { version: 0, content: DEFAULT_POLICY };
  }

  #judgeSubmission(reply: RuledReply, record: Extract<KnownRecord, { type: 'reply.submitted' }>): string[] {
    const { route, authors } = record.data;
    const problems = problemsWithRoute(route, this.#policyInForce(), reply);
    const template = problemWithTemplate(reply, record, {
      stateAt: (pin, at) => this.#templates.get(pin.template)?.stateAt(pin.version, at) ?? null,
      channelsOf: (pin) => this.#templates.get(pin.template)?.contentOf(pin.version)?.channels ?? null,
    });
    if (template) problems.push(template);
    if (!hasSameAuthors(reply, authors)) problems.push('it does not name those who changed the content as its authors');
    return problems;
  }

  #takePublication(record: Of<'publication'>): string[] {
    const id = record.subject as PublicationId;
    const event = toPublicationEvent(record);
    const reply = this.#replies.get(record.data.reply);
    if (!event || !reply) return [NO_REPLY];
    const known = this.#publications.get(id) ?? { reply: record.data.reply, state: openPublication(), isBroken: false };
    if (known.reply !== record.data.reply) return ['the publication is of another reply'];
    const problems = record.type === 'publication.attempted' ? this.#judgeAttempt(reply, record) : [];
    const state = stepPublication(known.state, event);
    if (!state) return [...problems, `a publication that is ${nameOf(known.state)} does not take it`];
    const isPublic = isIn(state.value, 'succeeded') && !isIn(known.state.value, 'succeeded');
    if (isPublic && reply.succeeded !== null && reply.succeeded !== id) {
      problems.push('a second publication succeeded for one approval');
    }
    const stepped = this.#stepReplyOf(record, reply);
    if (typeof stepped === 'string') {
      if (!known.isBroken || record.type === 'publication.attempted') problems.unshift(stepped);
    }
    const after = typeof stepped === 'string' ? reply : stepped;
    this.#replies.set(known.reply, isPublic ? { ...after, succeeded: after.succeeded ?? id } : after);
    const isBroken = record.type === 'publication.attempted' ? typeof stepped === 'string' : known.isBroken;
    this.#publications.set(id, { ...known, state, isBroken });
    return problems;
  }

  /** A later readback of what is already being corrected or closed changes the publication, not the reply. */
  #stepReplyOf(record: Of<'publication'>, reply: RuledReply): RuledReply | string {
    const isLateReadback = record.type === 'publication.observed' && !isIn(reply.state.value, 'work.published');
    return isLateReadback ? reply : stepRuledReply(reply, record);
  }

  #judgeAttempt(reply: RuledReply, record: Extract<KnownRecord, { type: 'publication.attempted' }>): string[] {
    const problems: string[] = [];
    if (isPaused(this.#pause)) problems.push('publishing was paused');
    if (record.data.channel !== reply.channel) problems.push('it is sent to another channel than its reply’s');
    const { publication } = reply.state.context;
    if (publication !== null && publication !== record.subject) {
      problems.push('it is another publication than the one that was released');
    }
    return problems;
  }

  #takeHold(record: Of<'hold'>): string[] {
    const id = record.subject as HoldId;
    const held = record.type === 'hold.placed' ? record.data.replies : this.#holds.get(id);
    if (!held) return ['there is no such hold'];
    const problems: string[] = [];
    for (const reply of held) {
      const known = this.#replies.get(reply);
      const next = known ? stepRuledReply(known, record) : NO_REPLY;
      if (typeof next === 'string') problems.push(next);
      else this.#replies.set(reply, next);
    }
    if (record.type === 'hold.placed') this.#holds.set(id, held);
    else this.#holds.delete(id);
    return problems;
  }

  #takeErasure(record: ErasureRecord): string[] {
    const customer = record.subject as CustomerId;
    const isHeld = [...this.#holds.values()].some((replies) =>
      replies.some((reply) => this.#replies.get(reply)?.customer === customer),
    );
    const obstacle = isHeld
      ? 'a legal hold keeps what it is about'
      : this.#replies.hasUnfinished(customer)
        ? 'a reply to the customer is not finished'
        : null;
    return this.#erasures.take(record, obstacle);
  }
}

const nameOf = ({ value }: PublicationState): string => (typeof value === 'string' ? value : 'succeeded');
