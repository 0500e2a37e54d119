import { toBase64, toHex } from '#workflows/journal/bytes.ts';
import type { Subject } from '#workflows/identifiers.ts';
import type { SealedElement } from '#workflows/journal/record.ts';
import type { Role } from '#workflows/people/roles.ts';
import { addMinutes, toTime } from '#workflows/time.ts';
import type { Cast } from './build-journal.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Draft } from './sign-records.ts';
import type { TestPerson } from './test-people.ts';

/** Long enough that several of them fill a small segment, short enough for a record. */
const LONGEST_SECRET = 6000;

const sealedElement = (random: SeededRandom): SealedElement => ({
  kid: toHex(random.bytes(32)),
  iv: toBase64(random.bytes(12)),
  ct: toBase64(random.bytes(16 + random.below(random.chance(0.2) ? LONGEST_SECRET : 100))),
});

/**
 * Makes commands such as a desk sends in a day, with valid data, from nothing but a source of random numbers: each may
 * follow on any state of the journal in which the cast has its keys and roles.
 */
export class HonestDesk {
  /** Who acts; replaced when somebody gets another key. */
  cast: Cast;
  readonly #random: SeededRandom;
  /** Subjects that earlier commands named; they may or may not be in the journal. */
  readonly #subjects: Subject[] = ['policy', 'publishing', 'audit'];

  constructor(cast: Cast, random: SeededRandom = cast.journal.random) {
    this.cast = cast;
    this.#random = random;
  }

  /** One command of one to four records. */
  next(): Draft[] {
    const commands = [
      () => this.#openReply(),
      () => this.#claim(),
      () => this.#readStory(),
      () => this.#capture(),
      () => this.#hold(),
      () => this.#breach(),
      () => this.#changeChannel(),
      () => this.#addPerson(),
    ];
    return this.#random.pick(commands)();
  }

  #subject<Kind extends 'reply' | 'mention' | 'hold' | 'channel' | 'customer' | 'person'>(
    kind: Kind,
  ): `${Kind}/${string}` {
    const subject = `${kind}/${this.#random.ulid()}` as const;
    this.#subjects.push(subject);
    return subject;
  }

  #reads(): { reads?: Subject[] } {
    if (this.#random.chance(0.5)) return {};
    return { reads: [...new Set([this.#random.pick(this.#subjects), this.#random.pick(this.#subjects)])] };
  }

  #anybody(): TestPerson {
    const { admin, agent, comms, legal, publisher } = this.cast;
    return this.#random.pick([admin, agent, comms, legal, publisher]);
  }

  #drafter(): TestPerson {
    return this.#random.pick([this.cast.agent, this.cast.comms, this.cast.legal]);
  }

  #openReply(): Draft[] {
    const [reply, by] = [this.#subject('reply'), this.#drafter()];
    const postedAt = toTime(Date.parse('2026-11-02T07:00:00.000Z') + this.#random.below(3_600_000));
    const opened: Draft = {
      type: 'reply.opened',
      subject: reply,
      by,
      ...this.#reads(),
      data: {
        mention: this.#subject('mention'),
        channel: this.#subject('channel'),
        customer: this.#subject('customer'),
        language: this.#random.pick(['de', 'en', null]),
        postedAt,
        acknowledgeBy: addMinutes(postedAt, 30),
        dueAt: addMinutes(postedAt, 240),
        follows: null,
      },
    };
    const rest = Array.from({ length: this.#random.below(4) }, (_, index): Draft => ({
      type: 'reply.claimed',
      subject: reply,
      by,
      data: { person: index % 2 === 0 ? by.id : null },
    }));
    return [opened, ...rest];
  }

  #claim(): Draft[] {
    const replies = this.#subjects.filter((subject) => subject.startsWith('reply/'));
    const subject = replies.length > 0 ? this.#random.pick(replies) : this.#subject('reply');
    const by = this.#drafter();
    return [{ type: 'reply.claimed', subject, by, data: { person: by.id }, ...this.#reads() }];
  }

  #readStory(): Draft[] {
    const subject = this.#random.chance(0.5) ? this.#random.pick(this.#subjects) : null;
    return [{ type: 'audit.read', subject: 'audit', by: this.#anybody(), data: { what: 'story', subject } }];
  }

  #capture(): Draft[] {
    const captured = (): Draft => ({
      type: 'mention.captured',
      subject: this.#subject('mention'),
      by: 'program',
      data: {
        channel: this.#subject('channel'),
        customer: this.#subject('customer'),
        captureHash: toHex(this.#random.bytes(32)),
      },
      sealed: Array.from({ length: this.#random.between(1, 2) }, () => sealedElement(this.#random)),
    });
    return Array.from({ length: this.#random.between(1, 3) }, captured);
  }

  #hold(): Draft[] {
    const by = this.cast.legal;
    const subject = this.#subject('hold');
    const placed: Draft = { type: 'hold.placed', subject, by, data: { replies: [this.#subject('reply')] } };
    if (this.#random.chance(0.5)) return [placed];
    return [placed, { type: 'hold.lifted', subject, by, data: {} }];
  }

  #breach(): Draft[] {
    const dueAt = '2026-11-02T11:00:00.000Z';
    return [{ type: 'reply.breached', subject: this.#subject('reply'), by: 'program', data: { dueAt } }];
  }

  #changeChannel(): Draft[] {
    const subject = this.#subject('channel');
    const data = {
      name: `Channel ${String(this.#random.below(100))} – Grüße 🙂`,
      account: 'did:plc:desk',
      handle: 'desk.example',
      promise: { acknowledgeMinutes: 30, answerMinutes: 240 },
      settings: {},
    };
    const by = this.cast.admin;
    return [
      { type: 'channel.added', subject, by, data: { kind: 'sandbox', ...data } },
      { type: 'channel.changed', subject, by, data },
    ];
  }

  #addPerson(): Draft[] {
    const roles: Role[] = this.#random.pick<Role[]>([['agent'], ['comms', 'legal'], ['auditor']]);
    const data = { name: `Person ${String(this.#random.below(1000))}`, roles };
    const by = this.cast.admin;
    const subject = this.#subject('person');
    return [
      { type: 'person.added', subject, by, data },
      { type: 'person.rolesChanged', subject, by, data: { roles: ['publisher'] } },
    ];
  }
}
