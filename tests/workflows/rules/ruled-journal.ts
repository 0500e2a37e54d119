import type { ChannelId, CustomerId, PublicationId, ReplyId, TemplateId } from '#workflows/identifiers.ts';
import { toBase64, toHex } from '#workflows/journal/bytes.ts';
import type { JsonObject } from '#workflows/journal/canonical.ts';
import type { SealedElement } from '#workflows/journal/record.ts';
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
  /** Who wrote the newest template. */
  templateAuthor: TestPerson;

  constructor(seed: number) {
    this.cast = journalWithCast(seed);
    this.channel = this.id('channel');
    this.templateAuthor = this.cast.comms;
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

  succeed(reply: ReplyOnItsWay, more: JsonObject = {}): number {
    return this.act('publication.succeeded', reply.publication, 'program', {
      reply: reply.id,
      operation: 'reply',
      attempt: 1,
      receipt: { id: 'post', revision: null, address: null },
      wasFound: false,
      ...more,
    });
  }

  fail(reply: ReplyOnItsWay, more: JsonObject = {}): number {
    return this.act('publication.failed', reply.publication, 'program', {
      reply: reply.id,
      operation: 'reply',
      attempt: 1,
      cause: 'offline',
      isFinal: false,
      wasLookedUp: false,
      retryAt: null,
      ...more,
    });
  }

  loseTrack(reply: ReplyOnItsWay, more: JsonObject = {}): number {
    const data = { reply: reply.id, operation: 'reply', attempt: 1, cause: 'timeout', ...more };
    return this.act('publication.unknown', reply.publication, 'program', data);
  }

  observe(reply: ReplyOnItsWay, outcome: 'same' | 'drifted' | 'gone' = 'same', more: JsonObject = {}): number {
    const data = { reply: reply.id, operation: 'reply', attempt: 1, outcome, observedHash: this.hash(), ...more };
    return this.act('publication.observed', reply.publication, 'program', data);
  }

  close(reply: ReplyOnItsWay, by = this.cast.agent): number {
    return this.act('reply.closed', reply.id, by, {});
  }

  /** A reply that was published and read back. */
  published(): ReplyOnItsWay {
    const reply = this.approved();
    this.release(reply);
    this.attempt(reply);
    this.succeed(reply);
    this.observe(reply);
    return reply;
  }

  /** What is sealed under a key; its name is all that the rules see of it. */
  sealed(kid: string): SealedElement[] {
    return [
      { kid, iv: toBase64(this.cast.journal.random.bytes(12)), ct: toBase64(this.cast.journal.random.bytes(40)) },
    ];
  }

  /** Takes in a customer's post, sealed under a key, with a picture. */
  capture(customer: CustomerId, kid: string, evidence: readonly string[] = []): number {
    const data = {
      channel: this.channel,
      customer,
      captureHash: this.hash(),
      ...(evidence.length > 0 ? { evidence: [...evidence] } : {}),
    };
    return this.act('mention.captured', this.id('mention'), 'program', data, { sealed: this.sealed(kid) });
  }

  propose(customer: CustomerId, by = this.cast.admin, more: Partial<Draft> = {}): number {
    return this.act('erasure.proposed', customer, by, { ground: 'requested' }, more);
  }

  /** Legal confirms, and the program says in the same command what may be absent. @returns the number of the first record */
  confirm(
    customer: CustomerId,
    by = this.cast.legal,
    evidence: readonly string[] = [],
    more: Partial<Draft> = {},
  ): number {
    this.cast.journal.command(
      { type: 'erasure.confirmed', subject: customer, by, data: {}, ...more },
      { type: 'subject.erased', subject: customer, by: 'program', data: { evidence: [...evidence] } },
    );
    return this.cast.journal.size - 2;
  }

  erase(customer: CustomerId): void {
    this.propose(customer);
    this.confirm(customer);
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
    this.templateAuthor = this.cast.journal.addPerson('Tess Templates', 'comms');
    this.act('template.revised', made.id, this.templateAuthor, { ...data, content: whole });
    this.act('template.submitted', made.id, this.templateAuthor, data);
    return made;
  }

  /** The next version of a template, submitted by its author. */
  nextVersion({ id }: { id: TemplateId }, version: number): { readonly id: TemplateId; readonly contentHash: string } {
    const content: TemplateContent = {
      name: 'Thanks',
      language: 'en',
      body: [[{ type: 'text', text: `Thank you ${String(version)}` }]],
      slots: [],
      channels: null,
      validUntil: null,
    };
    const contentHash = templateHashOf(content, nodeCrypto);
    this.act('template.revised', id, this.templateAuthor, { version, contentHash, content });
    this.act('template.submitted', id, this.templateAuthor, { version, contentHash });
    return { id, contentHash };
  }

  approveTemplate({ id, contentHash }: { id: TemplateId; contentHash: string }, version = 1): void {
    for (const review of ['comms', 'legal'] as const) {
      this.act('template.approved', id, this.cast[review], { review, version, contentHash });
    }
  }

  policy(content: PolicyContent): void {
    this.policyApprovedBy(content, ['comms', 'legal']);
  }

  policyApprovedBy(content: PolicyContent, reviews: readonly ('comms' | 'legal')[]): void {
    const data = { version: 1, contentHash: policyHashOf(content, nodeCrypto) };
    const author = this.cast.journal.addPerson('Pia Policy', 'legal');
    this.act('policy.revised', 'policy', author, { ...data, content: content as unknown as JsonObject });
    this.act('policy.submitted', 'policy', author, data);
    for (const review of reviews) {
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
