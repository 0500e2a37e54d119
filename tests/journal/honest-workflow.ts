import { DEFAULT_POLICY, type PolicyContent } from '#workflows/policy/policy.ts';
import { addMinutes, toTime } from '#workflows/time.ts';
import { RuledJournal, type ReplyOnItsWay } from '../workflows/rules/ruled-journal.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { TestPerson } from './test-people.ts';

type Operation = 'reply' | 'correct' | 'takeDown';
type Template = ReturnType<RuledJournal['template']>;

const MINUTE = 60_000;

/**
 * A desk on which everything goes by the rules of the workflow, at random: replies side by side that are edited, sent back,
 * approved, scheduled, retried, lost sight of, corrected, taken down, held and erased, under a policy that changes, with pauses
 * in between. Each reply is a script of its own; whose turn it is is random.
 */
export class HonestWorkflow {
  readonly desk: RuledJournal;
  readonly #random: SeededRandom;
  readonly #comms: TestPerson;
  readonly #legal: TestPerson;
  readonly #scripts: Generator<undefined>[] = [];
  #policy: { version: number; content: PolicyContent } = { version: 0, content: DEFAULT_POLICY };
  #template: Template | null = null;
  #isPaused = false;

  constructor(seed: number) {
    this.desk = new RuledJournal(seed);
    const { journal } = this.desk.cast;
    this.#random = journal.random;
    // Reviewers who never edit, so that there is always somebody who may decide.
    this.#comms = journal.addPerson('Cora Comms', 'comms');
    this.#legal = journal.addPerson('Lou Legal', 'legal');
  }

  /** Plays until there are so many records, and whatever was begun to its end. */
  play(size: number): RuledJournal {
    const { desk } = this;
    while (desk.cast.journal.size < size || this.#scripts.length > 0) {
      if (desk.cast.journal.size < size && this.#scripts.length < 4) this.#scripts.push(this.#replyScript());
      const script = this.#random.pick(this.#scripts);
      if (script.next().done) this.#scripts.splice(this.#scripts.indexOf(script), 1);
      if (this.#random.chance(0.08)) this.#byTheWay();
    }
    return desk;
  }

  /** What concerns no reply alone. A pause is always lifted some time later, so that nothing waits for ever. */
  #byTheWay(): void {
    const { desk } = this;
    const { comms, legal, publisher } = desk.cast;
    if (this.#isPaused) {
      const [first, second] = this.#random.chance(0.5) ? [comms, legal] : [legal, comms];
      desk.act('publishing.resumeProposed', 'publishing', first, {});
      desk.act('publishing.resumed', 'publishing', second, {});
      this.#isPaused = false;
    } else if (this.#random.chance(0.5)) {
      desk.act('publishing.paused', 'publishing', this.#random.pick([comms, legal, publisher]), {});
      this.#isPaused = true;
    } else if (this.#policy.version === 0) {
      const rules = [{ id: 'R-1', when: {}, require: ['comms' as const, 'legal' as const], reason: 'All of it' }];
      const content = { ...DEFAULT_POLICY, rules, order: this.#random.pick(['parallel', 'inOrder'] as const) };
      desk.policy(content);
      this.#policy = { version: 1, content };
    } else if (!this.#template) {
      this.#template = desk.template();
      desk.approveTemplate(this.#template);
    } else {
      desk.act('template.retired', this.#template.id, comms, { version: 1, reason: 'Out of date' });
      desk.cast.journal.now += 2 * MINUTE;
      this.#template = null;
    }
  }

  *#replyScript(): Generator<undefined> {
    const { desk } = this;
    const { agent, legal } = desk.cast;
    const reply = desk.open();
    const kid = desk.hash();
    desk.capture(reply.customer, kid);
    yield;
    if (this.#random.chance(0.15)) {
      const outcome = this.#random.pick(['noResponse', 'privateHandling', 'monitoring']);
      desk.act('reply.triaged', reply.id, agent, { outcome, until: null, into: null });
      if (this.#random.chance(0.5)) return;
      yield;
      desk.act('reply.triaged', reply.id, agent, { outcome: 'triage', until: null, into: null });
    }
    yield* this.#toPublic(reply, 'reply');
    if (this.#random.chance(0.3)) yield* this.#toPublic(reply, 'correct');
    const isTakenDown = this.#random.chance(0.2);
    if (isTakenDown) yield* this.#toPublic(reply, 'takeDown');
    if (this.#random.chance(0.3)) {
      const hold = desk.id('hold');
      desk.act('hold.placed', hold, legal, { replies: [reply.id] });
      yield;
      desk.act('hold.lifted', hold, legal, {});
    }
    yield;
    if (this.#random.chance(0.5)) desk.close(reply);
    if (this.#random.chance(0.3)) desk.erase(reply.customer);
  }

  *#toPublic(reply: ReplyOnItsWay, operation: Operation): Generator<undefined> {
    reply.authors.length = 0;
    yield* this.#toApproval(reply, operation);
    reply.publication = this.desk.id('publication');
    yield* this.#toRelease(reply);
    yield* this.#send(reply, operation);
    this.desk.observe(reply, operation === 'takeDown' ? 'gone' : this.#random.pick(['same', 'drifted']), { operation });
    yield;
  }

  *#toApproval(reply: ReplyOnItsWay, operation: Operation): Generator<undefined> {
    for (;;) {
      yield* this.#edit(reply, operation);
      this.#submit(reply);
      yield;
      if (this.#random.chance(0.2)) {
        this.desk.act('reply.recalled', reply.id, this.desk.cast.agent, { revision: reply.revision });
        continue;
      }
      if (this.#random.chance(0.2)) {
        const { revision, contentHash } = reply;
        const data = { review: 'comms', revision, contentHash };
        this.desk.act('reply.changesRequested', reply.id, this.#comms, data);
        yield;
        continue;
      }
      this.desk.approve(reply, this.#comms, 'comms');
      yield;
      this.desk.approve(reply, this.#legal, 'legal');
      yield;
      return;
    }
  }

  *#edit(reply: ReplyOnItsWay, operation: Operation): Generator<undefined> {
    const { agent, comms, legal } = this.desk.cast;
    for (let revisions = this.#random.between(1, 3); revisions > 0; revisions -= 1) {
      this.desk.revise(reply, this.#random.pick([agent, comms, legal]), { operation });
      yield;
    }
    // A template that is retired in between could not be submitted: this is one step.
    if (this.#template && operation === 'reply' && this.#random.chance(0.5)) {
      const template = { template: this.#template.id, version: 1 };
      this.desk.revise(reply, agent, { operation, template, deviation: { distance: 0, words: 2 } });
    }
  }

  #submit(reply: ReplyOnItsWay): void {
    const { content, version } = this.#policy;
    this.desk.submit(reply, this.desk.route(reply, content, version));
  }

  *#toRelease(reply: ReplyOnItsWay): Generator<undefined> {
    const { cast } = this.desk;
    if (this.#random.chance(0.3)) {
      const { contentHash, publication } = reply;
      const scheduledFor = addMinutes(toTime(cast.journal.now), 5);
      this.desk.act('reply.scheduled', reply.id, cast.publisher, { contentHash, publication, scheduledFor });
      yield;
      if (this.#random.chance(0.3)) {
        this.desk.act('reply.unscheduled', reply.id, cast.publisher, {});
        yield;
      } else {
        cast.journal.now += 6 * MINUTE;
        return;
      }
    }
    this.desk.release(reply);
    yield;
  }

  *#send(reply: ReplyOnItsWay, operation: Operation): Generator<undefined> {
    const { desk } = this;
    for (let attempt = 1; ; attempt += 1) {
      while (this.#isPaused) {
        yield;
        if (this.#random.chance(0.3)) this.#byTheWay();
      }
      const more = { operation, attempt };
      desk.attempt(reply, more);
      yield;
      const fate = this.#random.below(4);
      if (attempt > 3 || fate > 1) {
        desk.succeed(reply, more);
        return;
      }
      if (fate === 0) {
        desk.fail(reply, more);
      } else {
        desk.loseTrack(reply, more);
        yield;
        if (this.#random.chance(0.5)) {
          desk.succeed(reply, { ...more, wasFound: true });
          return;
        }
        desk.fail(reply, { ...more, cause: 'absent', wasLookedUp: true });
      }
      yield;
    }
  }
}
