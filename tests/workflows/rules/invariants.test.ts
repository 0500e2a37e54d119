import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '#workflows/policy/policy.ts';
import { addHours, toTime } from '#workflows/time.ts';
import type { Draft } from '../../journal/sign-records.ts';
import type { TestPerson } from '../../journal/test-people.ts';
import { randomKey } from '../../journal/test-people.ts';
import { keyRegistration } from '../../journal/build-journal.ts';
import { RuledJournal, type ReplyOnItsWay } from './ruled-journal.ts';

let desk: RuledJournal;

beforeEach(() => {
  desk = new RuledJournal(24);
});

const HOUR = 3_600_000;

type Found = readonly [seq: number, problem: string];
/** Makes a journal that is well signed, chained and covered; says what is to be found in it. */
type Breach = () => readonly Found[];

const NOT_APPROVED = 'not every review of the route has approved exactly this content';
const OTHER_CONTENT = 'it names another content than the newest revision';
const UNKNOWN_KEY = 'unknown-key: it is signed by a key that is not valid for that person here';

const submitted = (): ReplyOnItsWay => {
  const reply = desk.open();
  desk.revise(reply);
  desk.submit(reply);
  return reply;
};

const sent = (reply: ReplyOnItsWay): Found[] => [
  [desk.release(reply), NOT_APPROVED],
  [desk.attempt(reply), NOT_APPROVED],
];

const changeRoles = (person: TestPerson, roles: string[]): number =>
  desk.act('person.rolesChanged', person.id, desk.cast.admin, { roles });

const revokeKey = (person: TestPerson): number =>
  desk.act('person.keyRevoked', person.id, desk.cast.admin, { key: person.key.id, cause: 'lost' });

const fromTemplate = (template: { id: string }, version = 1) => ({
  template: { template: template.id, version },
  deviation: { distance: 0, words: 2 },
});

const revisedFrom = (template: { id: string }, version = 1): ReplyOnItsWay => {
  const reply = desk.open();
  desk.revise(reply, desk.cast.agent, fromTemplate(template, version));
  return reply;
};

/** DESIGN.md, Invariants: how each can be broken in a journal whose proofs and places are right, and what then is named. */
const BREACHES: readonly (readonly [invariant: number, breach: string, make: Breach])[] = [
  [
    1,
    'a reply is sent with one of two approvals',
    () => {
      const reply = submitted();
      desk.approve(reply, desk.cast.legal, 'legal');
      return sent(reply);
    },
  ],
  [
    1,
    'other bytes are sent than were approved',
    () => {
      const reply = desk.approved();
      desk.release(reply);
      return [[desk.attempt(reply, { contentHash: desk.hash() }), OTHER_CONTENT]];
    },
  ],
  [
    1,
    'other bytes are released than were approved',
    () => {
      const reply = desk.approved();
      const data = { contentHash: desk.hash(), publication: reply.publication };
      return [[desk.act('reply.released', reply.id, desk.cast.publisher, data), OTHER_CONTENT]];
    },
  ],
  [
    1,
    'a reply is sent to another channel',
    () => {
      const reply = desk.approved();
      desk.release(reply);
      return [[desk.attempt(reply, { channel: desk.id('channel') }), 'it is sent to another channel than its reply’s']];
    },
  ],
  [
    1,
    'a review is decided in a role that its person did not have then',
    () => {
      const reply = submitted();
      desk.approve(reply, desk.cast.comms, 'comms');
      const approved = desk.approve(reply, desk.cast.agent, 'legal');
      changeRoles(desk.cast.agent, ['agent', 'legal']);
      return [[approved, 'bad-actor: the person does not have the role legal here'], ...sent(reply)];
    },
  ],
  [
    1,
    'a review is decided in a role that was taken away',
    () => {
      const reply = submitted();
      desk.approve(reply, desk.cast.comms, 'comms');
      changeRoles(desk.cast.legal, ['agent']);
      const approved = desk.approve(reply, desk.cast.legal, 'legal');
      return [[approved, 'bad-actor: the person does not have the role legal here'], ...sent(reply)];
    },
  ],
  [
    1,
    'a review is decided under a key that was revoked',
    () => {
      const reply = submitted();
      desk.approve(reply, desk.cast.comms, 'comms');
      revokeKey(desk.cast.legal);
      return [[desk.approve(reply, desk.cast.legal, 'legal'), UNKNOWN_KEY], ...sent(reply)];
    },
  ],
  [
    1,
    'a review is decided under a key that nobody confirmed',
    () => {
      const { journal, admin, legal } = desk.cast;
      const reply = submitted();
      desk.approve(reply, desk.cast.comms, 'comms');
      revokeKey(legal);
      const renewed = { ...legal, key: randomKey(journal.random) };
      journal.command(keyRegistration(admin, renewed, journal.origin));
      return [[desk.approve(reply, renewed, 'legal'), UNKNOWN_KEY], ...sent(reply)];
    },
  ],
  [
    1,
    'a review is decided by somebody who was removed',
    () => {
      const reply = submitted();
      desk.approve(reply, desk.cast.comms, 'comms');
      desk.act('person.removed', desk.cast.legal.id, desk.cast.admin, {});
      return [[desk.approve(reply, desk.cast.legal, 'legal'), UNKNOWN_KEY], ...sent(reply)];
    },
  ],
  [
    1,
    'the program approves',
    () => {
      const reply = submitted();
      desk.approve(reply, desk.cast.comms, 'comms');
      const { revision, contentHash } = reply;
      const data = { review: 'legal', revision, contentHash };
      const approved = desk.act('reply.approved', reply.id, 'program', data);
      return [[approved, 'bad-actor: only a person may write it'], ...sent(reply)];
    },
  ],
  [
    1,
    'a review is decided before its turn',
    () => {
      const policy = { ...DEFAULT_POLICY, order: 'inOrder' as const };
      desk.policy(policy);
      const reply = desk.open();
      desk.revise(reply);
      desk.submit(reply, desk.route(reply, policy, 1));
      return [[desk.approve(reply, desk.cast.legal, 'legal'), 'an earlier review of the route is not decided yet']];
    },
  ],
  [
    1,
    'a review is decided for which the route does not ask',
    () => {
      const rules = [{ id: 'R-1', when: {}, require: ['comms' as const], reason: 'Comms alone' }];
      const policy = { ...DEFAULT_POLICY, rules };
      desk.policy(policy);
      const reply = desk.open();
      desk.revise(reply);
      desk.submit(reply, desk.route(reply, policy, 1));
      return [[desk.approve(reply, desk.cast.legal, 'legal'), 'the route does not ask for this review']];
    },
  ],
  [
    1,
    'the route of the policy is not followed',
    () => {
      const rules = [{ id: 'R-1', when: {}, require: ['comms' as const, 'legal' as const], reason: 'All of it' }];
      const policy = { ...DEFAULT_POLICY, rules };
      desk.policy(policy);
      const reply = desk.open();
      desk.revise(reply);
      const whole = desk.route(reply, policy, 1);
      const reviews = whole.reviews.filter(({ review }) => review === 'comms');
      return [
        [desk.submit(reply, { ...whole, reviews }), 'its route lacks legal, for which the rule R-1 of the policy asks'],
      ];
    },
  ],
  [
    1,
    'a policy takes effect that only one review approved',
    () => {
      const content = { ...DEFAULT_POLICY, approvalValidityHours: 1000 };
      desk.policyApprovedBy(content, ['comms']);
      const reply = desk.open();
      desk.revise(reply);
      const found = desk.submit(reply, desk.route(reply, content, 1));
      return [[found, 'its route is by version 1 of the policy where 0 was in force']];
    },
  ],
  [
    1,
    'it is released and sent after its approvals have expired',
    () => {
      const reply = desk.approved();
      desk.cast.journal.now += 25 * HOUR;
      return [
        [desk.release(reply), 'the approvals had expired'],
        [desk.attempt(reply), 'the approvals had expired'],
      ];
    },
  ],
  [
    1,
    'what was released in time is sent after its approvals have expired',
    () => {
      const reply = desk.approved();
      desk.release(reply);
      desk.cast.journal.now += 25 * HOUR;
      return [[desk.attempt(reply), 'the approvals had expired']];
    },
  ],
  [
    1,
    'what was scheduled is sent before its time',
    () => {
      const reply = desk.approved();
      const scheduledFor = addHours(toTime(desk.cast.journal.now), 5);
      const { contentHash, publication } = reply;
      desk.act('reply.scheduled', reply.id, desk.cast.publisher, { contentHash, publication, scheduledFor });
      return [[desk.attempt(reply), 'it is sent before the time that it was scheduled for']];
    },
  ],
  [
    1,
    'an author releases it where the policy wants somebody else',
    () => {
      const policy = { ...DEFAULT_POLICY, authorMayRelease: false };
      desk.policy(policy);
      const reply = desk.open();
      desk.revise(reply);
      desk.submit(reply, desk.route(reply, policy, 1));
      desk.approveBoth(reply);
      const data = { contentHash: reply.contentHash, publication: reply.publication };
      const released = desk.act('reply.released', reply.id, desk.cast.agent, data);
      return [[released, 'an author releases it, which the policy forbids']];
    },
  ],
  [
    2,
    'an editor approves',
    () => {
      const reply = desk.open();
      desk.revise(reply);
      desk.revise(reply, desk.cast.comms);
      desk.submit(reply);
      return [[desk.approve(reply, desk.cast.comms, 'comms'), 'an author decides on what they wrote or edited']];
    },
  ],
  [
    2,
    'an editor rejects, and asks for changes',
    () => {
      const reply = desk.open();
      desk.revise(reply, desk.cast.legal);
      desk.submit(reply);
      const { revision, contentHash } = reply;
      const decide = (type: string): Found => [
        desk.act(type, reply.id, desk.cast.legal, { review: 'legal', revision, contentHash }),
        'an author decides on what they wrote or edited',
      ];
      return [decide('reply.changesRequested'), decide('reply.rejected')];
    },
  ],
  [
    2,
    'one person fills both reviews',
    () => {
      const both = desk.cast.journal.addPerson('Bo Both', 'comms', 'legal');
      const reply = submitted();
      desk.approve(reply, both, 'comms');
      return [[desk.approve(reply, both, 'legal'), 'one person fills two reviews of one revision'], ...sent(reply)];
    },
  ],
  [
    2,
    'a review is decided twice',
    () => {
      const reply = submitted();
      desk.approve(reply, desk.cast.comms, 'comms');
      return [[desk.approve(reply, desk.cast.comms, 'comms'), 'this review was decided before']];
    },
  ],
  [
    2,
    'the author of a template approves it',
    () => {
      const template = desk.template();
      const author = desk.templateAuthor;
      const { contentHash } = template;
      const data = { review: 'comms', version: 1, contentHash };
      return [
        [desk.act('template.approved', template.id, author, data), 'an author decides on what they wrote or edited'],
      ];
    },
  ],
  [
    3,
    'an approval outlives a new revision',
    () => {
      const reply = submitted();
      desk.approveBoth(reply);
      desk.revise(reply);
      desk.submit(reply);
      desk.approve(reply, desk.cast.legal, 'legal');
      return sent(reply);
    },
  ],
  [
    3,
    'an approval names an older revision',
    () => {
      const reply = submitted();
      const { contentHash } = reply;
      desk.revise(reply);
      desk.submit(reply);
      return [[desk.approve(reply, desk.cast.comms, 'comms', { revision: 1, contentHash }), OTHER_CONTENT]];
    },
  ],
  [
    3,
    'what was submitted is another revision than the newest',
    () => {
      const reply = desk.open();
      desk.revise(reply);
      const { contentHash } = reply;
      desk.revise(reply);
      return [[desk.submit(reply, desk.route(reply), { revision: 1, contentHash }), OTHER_CONTENT]];
    },
  ],
  [
    4,
    'one approval is published under two names',
    () => {
      const reply = desk.approved();
      desk.release(reply);
      desk.attempt(reply);
      desk.succeed(reply);
      const again = { ...reply, publication: desk.id('publication') };
      return [
        [desk.attempt(again), 'a reply in published.awaitingReadback does not take it'],
        [desk.cast.journal.size - 1, 'it is another publication than the one that was released'],
        [desk.succeed(again), 'a second publication succeeded for one approval'],
      ];
    },
  ],
  [
    4,
    'it is sent again while the outcome is not known',
    () => {
      const reply = desk.approved();
      desk.release(reply);
      desk.attempt(reply);
      desk.loseTrack(reply);
      const again = desk.attempt(reply, { attempt: 2 });
      return [[again, 'a publication that is reconciling does not take it']];
    },
  ],
  [
    4,
    'it is sent again because it was not found, where nothing makes that certain',
    () => {
      const reply = desk.approved();
      desk.release(reply);
      desk.attempt(reply, { key: null });
      desk.loseTrack(reply);
      const failed = desk.fail(reply, { wasLookedUp: true, cause: 'absent' });
      return [[failed, 'a publication that is reconciling does not take it']];
    },
  ],
  [
    4,
    'a retry sends other bytes, or sends them under another key',
    () => {
      const reply = desk.approved();
      desk.release(reply);
      desk.attempt(reply);
      desk.fail(reply);
      const other = desk.attempt(reply, { attempt: 2, payloadHash: desk.hash() });
      const renamed = desk.attempt(reply, { attempt: 2, key: 'two' });
      return [
        [other, 'a publication that is backingOff does not take it'],
        [renamed, 'a publication that is backingOff does not take it'],
      ];
    },
  ],
  [
    4,
    'it succeeds twice',
    () => {
      const reply = desk.published();
      return [[desk.succeed(reply), 'a publication that is succeeded does not take it']];
    },
  ],
  [
    4,
    'a publication is used for another reply',
    () => {
      const [reply, other] = [desk.published(), desk.approved()];
      other.publication = reply.publication;
      desk.release(other);
      return [[desk.attempt(other), 'the publication is of another reply']];
    },
  ],
  [
    5,
    'a request is begun during a pause',
    () => {
      const reply = desk.approved();
      desk.release(reply);
      desk.act('publishing.paused', 'publishing', desk.cast.comms, {});
      return [[desk.attempt(reply), 'publishing was paused']];
    },
  ],
  [
    5,
    'a retry is begun during a pause that nobody has lifted yet',
    () => {
      const reply = desk.approved();
      desk.release(reply);
      desk.attempt(reply);
      desk.act('publishing.paused', 'publishing', desk.cast.publisher, {});
      desk.fail(reply);
      desk.act('publishing.resumeProposed', 'publishing', desk.cast.comms, {});
      return [[desk.attempt(reply, { attempt: 2 }), 'publishing was paused']];
    },
  ],
  [
    5,
    'a pause is lifted by a signature that does not count',
    () => {
      const reply = desk.approved();
      desk.release(reply);
      desk.act('publishing.paused', 'publishing', desk.cast.comms, {});
      desk.act('publishing.resumeProposed', 'publishing', desk.cast.comms, {});
      revokeKey(desk.cast.legal);
      const resumed = desk.act('publishing.resumed', 'publishing', desk.cast.legal, {});
      return [
        [resumed, UNKNOWN_KEY],
        [desk.attempt(reply), 'publishing was paused'],
      ];
    },
  ],
  [
    6,
    'a reply changes in a way that its state does not take',
    () => {
      const reply = desk.open();
      return [[desk.close(reply), 'a reply in triage does not take it']];
    },
  ],
  [
    6,
    'a reply that was closed is published once more',
    () => {
      const reply = desk.published();
      desk.close(reply);
      return [
        [desk.release(reply), 'a reply in closed does not take it'],
        [desk.attempt(reply, { attempt: 2 }), 'a publication that is succeeded does not take it'],
      ];
    },
  ],
  [
    7,
    'an auditor writes what auditors do not',
    () => {
      const auditor = desk.cast.journal.addPerson('Otto Auditor', 'auditor');
      const pause: Partial<Draft> = { role: 'comms' };
      return [
        [
          desk.act('publishing.paused', 'publishing', auditor, {}, pause),
          'bad-actor: the person does not have the role comms here',
        ],
        [desk.cast.journal.size - 1, 'an auditor changes something'],
      ];
    },
  ],
  [
    8,
    'a template version that was retired is submitted',
    () => {
      const template = desk.template();
      desk.approveTemplate(template);
      const reply = revisedFrom(template);
      desk.act('template.retired', template.id, desk.cast.comms, { version: 1, reason: 'Wrong' });
      desk.cast.journal.now += HOUR;
      return [[desk.submit(reply), 'it was made from a template version that is not approved but retired']];
    },
  ],
  [
    8,
    'a template version is submitted that a newer one took the place of',
    () => {
      const template = desk.template();
      desk.approveTemplate(template);
      const reply = revisedFrom(template);
      desk.approveTemplate(desk.nextVersion(template, 2), 2);
      desk.cast.journal.now += HOUR;
      return [[desk.submit(reply), 'it was made from a template version that is not approved but superseded']];
    },
  ],
  [
    8,
    'a template version is submitted that does not exist',
    () => {
      const template = desk.template();
      desk.approveTemplate(template);
      return [
        [desk.submit(revisedFrom(template, 7)), 'it was made from version 7 of a template, which does not exist'],
      ];
    },
  ],
  [
    8,
    'a template version is submitted that was approved under a revoked key',
    () => {
      const template = desk.template();
      const { contentHash } = template;
      desk.act('template.approved', template.id, desk.cast.comms, { review: 'comms', version: 1, contentHash });
      revokeKey(desk.cast.legal);
      const data = { review: 'legal', version: 1, contentHash };
      const approved = desk.act('template.approved', template.id, desk.cast.legal, data);
      const found = desk.submit(revisedFrom(template));
      return [
        [approved, UNKNOWN_KEY],
        [found, 'it was made from a template version that is not approved but inReview'],
      ];
    },
  ],
  [
    9,
    'a command is recorded that the core would have refused, whatever the screen allowed',
    () => {
      const reply = desk.open();
      desk.revise(reply);
      const findings = [{ check: 'terms', rule: 'T-1', severity: 'block' }];
      const stranger = desk.cast.journal.addPerson('Lou Legal', 'legal');
      const found = desk.submit(reply, desk.route(reply), { findings });
      desk.submit(reply);
      const recalled = desk.act('reply.recalled', reply.id, stranger, { revision: 1 });
      return [
        [found, 'it is submitted with findings that forbid it'],
        [recalled, 'it is taken back by somebody who neither wrote it nor is an agent'],
      ];
    },
  ],
];

describe('a journal that breaks an invariant of DESIGN.md is found out, by the number of the record', () => {
  it.each(BREACHES)('invariant %i: %s', (_invariant, _breach, make) => {
    const found = make();
    expect(found.length).toBeGreaterThan(0);
    expect(desk.problems).toEqual(found.map(([seq, problem]) => `${String(seq)}: ${problem}`));
  });

  it('and each of the nine has such a journal', () => {
    expect([...new Set(BREACHES.map(([invariant]) => invariant))]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
