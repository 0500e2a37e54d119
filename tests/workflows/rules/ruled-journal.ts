import type { ChannelId, CustomerId, PublicationId, ReplyId, TemplateId } from '#workflows/identifiers.ts';
import { toHex } from '#workflows/journal/bytes.ts';
import type { JsonObject } from '#workflows/journal/canonical.ts';
import type { Route } from '#workflows/policy/route.ts';
import { DEFAULT_POLICY, policyHashOf, type PolicyContent } from '#workflows/policy/policy.ts';
import { routeFor } from '#workflows/policy/evaluate.ts';
import { templateHashOf, type TemplateContent } from '#workflows/template/template.ts';
import { addMinutes, toTime } from '#workflows/time.ts';
import { JournalVerifier, type VerificationResult } from '#workflows/journal/verify.ts';
import { JournalRules } from '#workflows/rules/journal-rules.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { journalWithCast, type Cast } from '../../journal/build-journal.ts';
import type { Draft } from '../../journal/sign-records.ts';
import type { TestPerson } from '../../journal/test-people.ts';

/** A reply on its way, with what its next records have to name. */
export interface ReplyOnItsWay {
  readonly id: ReplyId;
  readonly channel: ChannelId;
  readonly customer: CustomerId;
  revision: number;
  contentHash: string;
  publication: PublicationId;
  readonly authors: TestPerson[];
}

/**
 * Journals that are signed, chained and covered as they should be, whatever their records say: each method appends the
 * records of one act, and a test leaves acts out, repeats them, or lets the wrong person do them.
 */
export class RuledJournal {
  readonly cast: Cast;
  readonly channel: ChannelId;

  constructor(seed: number) {
    this.cast = journalWithCast(seed);
    this.channel = this.id('channel');
  }

  id<Kind extends string>(kind: Kind): `${Kind}/${string}` {
    return `${kind}/${this.cast.journal.random.ulid()}`;
  }

  hash(): string {
    return toHex(this.cast.journal.random.bytes(32));
  }

  /** Appends one record. @returns its number */
  act(type: string, subject: Draft['subject'], by: Draft['by'], data: JsonObject, more: Partial<Draft> = {}): number {
    this.cast.journal.command({ type, subject, by, data, ...more });
    return this.cast.journal.size - 1;
  }

  open(): ReplyOnItsWay {
    const reply = {
      id: this.id('reply'),
      channel: this.channel,
      customer: this.id('customer'),
      revision: 0,
      contentHash: '',
      publication: this.id('publication'),
      authors: [],
    };
    const postedAt = toTime(this.cast.journal.now);
    this.act('reply.opened', reply.id, this.cast.agent, {
      mention: this.id('mention'),
      channel: reply.channel,
      customer: reply.customer,
      language: 'en',
      postedAt,
      acknowledgeBy: addMinutes(postedAt, 30),
      dueAt: addMinutes(postedAt, 240),
      follows: null,
    });
    return reply;
  }

  revise(reply: ReplyOnItsWay, by = this.cast.agent, more: JsonObject = {}): number {
    reply.revision += 1;
    reply.contentHash = this.hash();
    if (!reply.authors.includes(by)) reply.authors.push(by);
    const { revision, contentHash } = reply;
    const plain = { revision, contentHash, operation: 'reply', template: null, deviation: null };
    return this.act('reply.revised', reply.id, by, { ...plain, ...more });
  }

  route(reply: ReplyOnItsWay, policy: PolicyContent = DEFAULT_POLICY, version = 0): Route {
    const { channel, customer } = reply;
    return routeFor(policy, version, { channel, customer, language: 'en', text: '', deviation: null });
  }

  submit(reply: ReplyOnItsWay, route: Route = this.route(reply), more: JsonObject = {}): number {
    const { revision, contentHash, authors } = reply;
    return this.act('reply.submitted', reply.id, this.cast.agent, {
      revision,
      contentHash,
      authors: authors.map(({ id }) => id),
      route,
      findings: [],
      ...more,
    });
  }

  approve(reply: ReplyOnItsWay, by: TestPerson, review: 'comms' | 'legal', more: JsonObject = {}): number {
    const { revision, contentHash } = reply;
    return this.act('reply.approved', reply.id, by, { review, revision, contentHash, ...more }, { role: review });
  }

  approveBoth(reply: ReplyOnItsWay): void {
    this.approve(reply, this.cast.comms, 'comms');
    this.approve(reply, this.cast.legal, 'legal');
  }

  release(reply: ReplyOnItsWay): number {
    const { contentHash, publication } = reply;
    return this.act('reply.released', reply.id, this.cast.publisher, { contentHash, publication });
  }

  attempt(reply: ReplyOnItsWay, more: JsonObject = {}): number {
    return this.act('publication.attempted', reply.publication, 'program', {
      reply: reply.id,
      operation: 'reply',
      attempt: 1,
      channel: reply.channel,
      contentHash: reply.contentHash,
      payloadHash: reply.contentHash,
      key: 'one',
      ...more,
    });
  }

  succeed(reply: ReplyOnItsWay): number {
    return this.act('publication.succeeded', reply.publication, 'program', {
      reply: reply.id,
      operation: 'reply',
      attempt: 1,
      receipt: { id: 'post', revision: null, address: null },
      wasFound: false,
    });
  }

  /** A reply from its opening to its approval, as it should be. */
  approved(): ReplyOnItsWay {
    const reply = this.open();
    this.revise(reply);
    this.submit(reply);
    this.approveBoth(reply);
    return reply;
  }

  template(content: Partial<TemplateContent> = {}): { readonly id: TemplateId; readonly contentHash: string } {
    const whole: TemplateContent = {
      name: 'Thanks',
      language: 'en',
      body: [[{ type: 'text', text: 'Thank you' }]],
      slots: [],
      channels: null,
      validUntil: null,
      ...content,
    };
    const made = { id: this.id('template'), contentHash: templateHashOf(whole, nodeCrypto) };
    const data = { version: 1, contentHash: made.contentHash };
    const agreed = this.cast.journal.addPerson('Tess Templates', 'comms');
    this.act('template.revised', made.id, agreed, { ...data, content: whole });
    this.act('template.submitted', made.id, agreed, data);
    return made;
  }

  approveTemplate({ id, contentHash }: { id: TemplateId; contentHash: string }): void {
    for (const review of ['comms', 'legal'] as const) {
      this.act('template.approved', id, this.cast[review], { review, version: 1, contentHash });
    }
  }

  policy(content: PolicyContent): void {
    const data = { version: 1, contentHash: policyHashOf(content, nodeCrypto) };
    const author = this.cast.journal.addPerson('Pia Policy', 'legal');
    this.act('policy.revised', 'policy', author, { ...data, content: content as unknown as JsonObject });
    this.act('policy.submitted', 'policy', author, data);
    for (const review of ['comms', 'legal'] as const) {
      this.act('policy.approved', 'policy', this.cast[review], { review, ...data });
    }
  }

  judge(): VerificationResult {
    const { journal } = this.cast;
    const verifier = new JournalVerifier(nodeCrypto, undefined, new JournalRules(nodeCrypto));
    for (const leaf of journal.leaves) verifier.add(leaf);
    return verifier.finish(journal.checkpoint(), journal.vkey);
  }

  /** Problems as `number: sentence`; of another code than `rule-broken`, with that. */
  get problems(): string[] {
    return this.judge().problems.map(
      ({ seq, code, message }) => `${String(seq)}: ${code === 'rule-broken' ? '' : `${code}: `}${message}`,
    );
  }
}
