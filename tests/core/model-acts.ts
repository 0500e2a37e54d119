import { emptyDocument } from '#workflows/content/document.ts';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import type { PersonId, ReplyId, TemplateId } from '#workflows/identifiers.ts';
import type { ModelWorld } from './model-world.ts';
import { PASSPHRASE } from './roster.ts';
import { HOUR, MINUTE } from './test-clock.ts';
import { filled, LATE_DELIVERY, policyWith, text } from './wording.ts';

/** Something that a person, the channel or time does. Throws what the desk refuses. */
export interface Act {
  readonly weight: number;
  readonly run: (world: ModelWorld) => Promise<void>;
}

const onReply =
  (run: (world: ModelWorld, view: ReplyView) => Promise<void>): Act['run'] =>
  async (world) => {
    const reply = world.reply();
    if (reply) await run(world, await world.view(reply));
  };

/**
 * The same on a reply that is in one of the states in which the act may succeed, mostly: one in five times on any, so that
 * its refusals are tried as well.
 */
const onReplyIn = (
  states: readonly string[],
  run: (world: ModelWorld, view: ReplyView) => Promise<void>,
): Act['run'] => {
  const anywhere = onReply(run);
  return async (world) => {
    if (world.random.chance(0.2)) return anywhere(world);
    const views = await Promise.all(world.replies.map((reply) => world.view(reply)));
    const fitting = views.filter(({ state }) => states.includes(state));
    if (fitting.length > 0) return run(world, world.random.pick(fitting));
    // None is that far: one of them is brought on.
    return goOn(world);
  };
};

/** Half of the time on a reply that is held, if one is. */
const onHeldOrAny =
  (run: (world: ModelWorld, view: ReplyView) => Promise<void>): Act['run'] =>
  async (world) => {
    const views = await Promise.all(world.replies.map((reply) => world.view(reply)));
    const held = views.filter(({ isHeld }) => isHeld);
    return held.length > 0 && world.random.chance(0.5) ? run(world, world.random.pick(held)) : onReply(run)(world);
  };

const later = (world: ModelWorld, hours: number): string =>
  new Date(world.desk.clock.now() + hours * HOUR).toISOString();

const revise = (world: ModelWorld, view: ReplyView, operation: 'reply' | 'correct' | 'takeDown') => {
  const by = world.someone('agnes', 'ben', 'agnes', 'cleo', 'leo');
  const pin = operation === 'reply' && world.random.chance(0.25) ? (world.pins.at(-1) ?? null) : null;
  const date = world.random.chance(0.9) ? 'Thursday' : '';
  const document =
    operation === 'takeDown'
      ? emptyDocument()
      : pin
        ? filled(LATE_DELIVERY, { name: 'Sam', date })
        : text(world.words());
  const newest = view.revisions.at(-1)?.revision ?? 0;
  const basedOn = world.random.chance(0.05) ? Math.max(0, newest - 1) : newest;
  const command = {
    commandId: world.desk.command(),
    reply: view.id,
    basedOn,
    operation,
    document,
    template: pin,
    language: 'en',
  };
  return world.send(() => by.desk.reply.revise(command));
};

const decide = (type: 'approve' | 'requestChanges' | 'reject'): Act['run'] =>
  onReplyIn(['inReview'], async (world, view) => {
    const by = world.someone('cleo', 'carl', 'leo', 'lena', 'kay');
    const decision = {
      ...world.target(view),
      ...world.content(view),
      review: world.review(by),
      ...world.signed(),
    };
    if (type === 'approve') await world.send(() => by.desk.reply.approve({ ...decision, comment: 'Fine.' }));
    else await world.send(() => by.desk.reply[type]({ ...decision, reason: 'Not like this.' }));
  });

/** Whoever wrote the newest revision tries to approve it. */
const decideOnOwn = onReplyIn(['inReview'], async (world, view) => {
  const author = view.revisions.at(-1)?.by.id;
  const by = Object.values(world.desk.people).find(({ id }) => id === author);
  if (!by || view.state !== 'inReview') return;
  const decision = { ...world.target(view), ...world.content(view), review: world.review(by), passphrase: PASSPHRASE };
  await by.desk.reply.approve({ ...decision, comment: '' });
});

const release = async (world: ModelWorld, view: ReplyView): Promise<void> => {
  const by = world.someone('agnes', 'pat', 'cleo');
  const { contentHash } = world.content(view);
  const command = { ...world.target(view), contentHash, ...world.signed() };
  await world.send(() => by.desk.reply.release(command));
};

const submit = async (world: ModelWorld, view: ReplyView): Promise<void> => {
  const by = world.someone('agnes', 'ben', 'cleo');
  const command = { ...world.target(view), ...world.content(view), note: 'Please.' };
  await world.send(() => by.desk.reply.submit(command));
};

/** What the person who looks on the channel would see there, and say. */
const confirmByHand = async (world: ModelWorld, view: ReplyView): Promise<void> => {
  const { posts } = world.desk.host.desk.network;
  const newest = view.revisions.at(-1)?.text;
  const found = posts.find(({ handle, text: words }) => handle === 'acme.example' && words === newest);
  const by = world.someone('agnes', 'pat');
  const signed = { ...world.target(view), ...world.signed() };
  const command = { ...signed, isThere: found !== undefined, address: found ? `practice://posts/${found.id}` : '' };
  await world.send(() => by.desk.reply.confirmByHand(command));
};

/** The ordinary next step of a reply, so that sequences get somewhere. */
const goOn = onReply(async (world, view) => {
  switch (view.state) {
    case 'triage':
      return revise(world, view, 'reply');
    case 'drafting':
    case 'correcting':
    case 'takingDown':
      return view.revisions.length > 0 ? submit(world, view) : revise(world, view, 'reply');
    case 'rejected':
      return revise(world, view, 'reply');
    case 'inReview': {
      for (const { review, state, eligible } of view.route?.reviews ?? []) {
        const by = Object.values(world.desk.people).find(({ id }) => eligible.some((person) => person.id === id));
        if (state !== 'deciding' || !by) continue;
        const decision = { ...world.target(view), ...world.content(view), review, ...world.signed(), comment: '' };
        return world.send(() => by.desk.reply.approve(decision));
      }
      return;
    }
    case 'approved':
    case 'scheduled': {
      const { state } = await world.desk.people.uma.desk.publishing.status();
      return state === 'on' ? release(world, view) : pause(world);
    }
    case 'publishing':
      if (view.publication?.needsPerson) return confirmByHand(world, view);
      if (view.publication?.needsReleaseAgain) return release(world, view);
      return world.desk.pass(HOUR / 2);
    case 'published':
      return revise(world, view, world.random.chance(0.6) ? 'correct' : 'takeDown');
  }
});

const capture: Act['run'] = async (world) => {
  const { desk } = world;
  const posted = await desk.flow.post(`Post ${String(world.replies.length)}`, world.random.pick(['sam', 'ann', 'bob']));
  const by = world.someone('agnes', 'ben', 'cleo');
  const command = { commandId: desk.command(), address: posted.address };
  await world.send(async () => {
    const { subject } = await by.desk.mention.capture(command);
    if (!world.replies.includes(subject as ReplyId)) world.replies.push(subject as ReplyId);
  });
};

const answerBack = onReply(async (world, view) => {
  const { id } = view.publication?.receipt ?? { id: null };
  if (id === null || view.state === 'takenDown' || !world.desk.host.desk.network.find(id)) return;
  await world.desk.flow.post('And another thing', view.post?.handle ?? 'sam', id);
  const by = world.someone('agnes', 'ben');
  const { opened } = await by.desk.mention.fetchAnswers({ commandId: world.desk.command(), reply: view.id });
  world.replies.push(...opened);
});

const triage = onReply(async (world, view) => {
  const outcome = world.random.pick([
    'monitoring',
    'noResponse',
    'privateHandling',
    'merged',
    'triage',
    'triage',
  ] as const);
  const until = world.random.chance(0.7) ? later(world, world.random.between(1, 5)) : null;
  const into = world.random.pick(world.replies);
  const by = world.someone('agnes', 'ben');
  const command = { ...world.target(view), outcome, reason: 'Seen.', until, into };
  await world.send(() => by.desk.reply.triage(command));
});

const writeTemplate: Act['run'] = async (world) => {
  const { desk, random } = world;
  const known = random.chance(0.5) ? (world.pins.at(-1)?.template ?? null) : null;
  const content = {
    ...LATE_DELIVERY,
    name: world.words().slice(0, 60),
    validUntil: random.chance(0.3) ? later(world, random.between(1, 8)) : null,
  };
  const by = world.someone('carl', 'cleo', 'leo');
  const { subject, version } = await by.desk.template.revise({ commandId: desk.command(), template: known, content });
  const pin = { template: subject as TemplateId, version };
  world.pins.push(pin);
  if (random.chance(0.3)) return;
  await by.desk.template.submit(await desk.flow.templateTarget(pin));
  for (const review of ['comms', 'legal'] as const) {
    const reviewer = world.someone(
      ...(review === 'comms' ? (['cleo', 'carl', 'kay'] as const) : (['leo', 'lena'] as const)),
    );
    await reviewer.desk.template.approve({ ...(await desk.flow.templateTarget(pin)), review, ...world.signed() });
  }
};

const changePolicy: Act['run'] = async (world) => {
  const { desk, random } = world;
  const content = policyWith({
    name: world.words().slice(0, 60),
    order: random.pick(['parallel', 'inOrder']),
    authorMayRelease: random.chance(0.5),
    approvalValidityHours: random.between(1, 30),
    rules: random.chance(0.4)
      ? [{ id: 'R-1', when: {}, require: [random.pick(['comms', 'legal'])], reason: 'Every reply' }]
      : [],
  });
  const by = world.someone('carl', 'leo');
  const { version, contentHash } = await by.desk.policy.revise({ commandId: desk.command(), content });
  const target = () => ({ commandId: desk.command(), version, contentHash, ...world.signed() });
  const { passphrase: _unused, ...submission } = target();
  await by.desk.policy.submit(submission);
  await world.someone('cleo', 'kay').desk.policy.approve({ ...target(), review: 'comms' });
  await world.someone('lena', 'leo').desk.policy.approve({ ...target(), review: 'legal' });
};

const personOf = async (world: ModelWorld, id: PersonId) => {
  const { people } = await world.desk.people.uma.desk.people.list();
  return {
    commandId: world.desk.command(),
    person: id,
    version: people.find((person) => person.id === id)?.version ?? 0,
  };
};

const changePeople: Act['run'] = async (world) => {
  const { random, desk } = world;
  const by = world.someone('ada', 'abe');
  const whom = desk.people[random.pick(['ben', 'carl', 'lena', 'kay', 'pat'] as const)];
  const target = await personOf(world, whom.id);
  if (random.chance(0.15)) await world.send(() => by.desk.people.remove(target));
  else if (random.chance(0.15)) await by.desk.people.revokeKey({ commandId: desk.command(), person: whom.id });
  else {
    const roles = random.pick([
      ['agent'],
      ['comms'],
      ['legal'],
      ['comms', 'legal'],
      ['agent', 'publisher'],
      ['auditor', 'agent'],
    ] as const);
    await world.send(() => by.desk.people.changeRoles({ ...target, roles: [...roles] }));
  }
};

const breakChannel: Act['run'] = (world) => {
  const { random, channel } = world;
  const faults = ['offline', 'rateLimited', 'refused', 'answerLost', 'requestLost', 'garbage', 'badReceipt'] as const;
  for (let count = random.between(1, 3); count > 0; count -= 1) channel.plan.publish.push(random.pick(faults));
  if (random.chance(0.5)) channel.plan.find.push('offline');
  if (random.chance(0.3)) channel.plan.read.push(random.pick(['offline', 'garbage']));
  if (random.chance(0.3)) channel.plan.remove.push(random.pick(faults));
  return Promise.resolve();
};

const pause: Act['run'] = async (world) => {
  const { desk } = world;
  const status = await desk.people.uma.desk.publishing.status();
  const signed = { commandId: desk.command(), ...world.signed() };
  if (status.state === 'on') {
    await world.someone('pat', 'cleo', 'leo').desk.publishing.pause({ ...signed, reason: 'Stop.' });
    return;
  }
  if (status.state === 'paused') await world.someone('cleo', 'leo', 'kay').desk.publishing.proposeResume(signed);
  // Most pauses are lifted at once: else little would ever be published here.
  if (status.state === 'paused' && world.random.chance(0.3)) return;
  const agreement = { commandId: desk.command(), ...world.signed() };
  await world.someone('cleo', 'leo', 'kay', 'lena').desk.publishing.resume(agreement);
};

/** Everything that can happen, by name. */
export const ACTS: Readonly<Record<string, Act>> = {
  goOn: { weight: 44, run: goOn },
  capture: { weight: 3, run: capture },
  settle: { weight: 8, run: ({ desk }) => desk.settle() },
  passMinutes: { weight: 6, run: ({ desk, random }) => desk.pass(random.between(1, 50) * MINUTE) },
  passHours: { weight: 2, run: ({ desk, random }) => desk.pass(random.between(1, 26) * HOUR) },
  breakChannel: { weight: 5, run: breakChannel },
  healChannel: {
    weight: 3,
    run: ({ channel }) => {
      channel.heal();
      return Promise.resolve();
    },
  },
  pause: { weight: 4, run: pause },
  revise: { weight: 4, run: onReply((world, view) => revise(world, view, 'reply')) },
  correct: { weight: 8, run: onReplyIn(['published'], (world, view) => revise(world, view, 'correct')) },
  takeDown: { weight: 8, run: onReplyIn(['published'], (world, view) => revise(world, view, 'takeDown')) },
  saveDraft: {
    weight: 2,
    run: onReply(async (world, { id }) => {
      const draft = { document: text('Half a sent'), template: null, language: 'en', note: '', basedOn: 0 };
      await world.someone('agnes', 'ben').desk.reply.saveDraft({ reply: id, draft });
    }),
  },
  submit: { weight: 3, run: onReplyIn(['drafting', 'correcting', 'takingDown'], submit) },
  approve: { weight: 4, run: decide('approve') },
  decideOnOwn: { weight: 4, run: decideOnOwn },
  requestChanges: { weight: 3, run: decide('requestChanges') },
  reject: { weight: 3, run: decide('reject') },
  release: { weight: 6, run: onReplyIn(['approved', 'scheduled', 'publishing'], release) },
  schedule: {
    weight: 8,
    run: onReplyIn(['approved'], async (world, view) => {
      const { contentHash } = world.content(view);
      const scheduledFor = later(world, world.random.between(0, 6));
      const command = { ...world.target(view), contentHash, scheduledFor, ...world.signed() };
      const by = world.someone('agnes', 'pat');
      await world.send(() => by.desk.reply.schedule(command));
    }),
  },
  unschedule: {
    weight: 8,
    run: onReplyIn(['scheduled'], (world, view) => {
      const [by, command] = [world.someone('agnes', 'pat'), world.target(view)];
      return world.send(() => by.desk.reply.unschedule(command));
    }),
  },
  recall: {
    weight: 2,
    run: onReplyIn(['inReview', 'approved', 'scheduled', 'publishing'], (world, view) => {
      const [by, command] = [world.someone('agnes', 'ben', 'leo'), { ...world.target(view), reason: 'Wait.' }];
      return world.send(() => by.desk.reply.recall(command));
    }),
  },
  withdraw: {
    weight: 3,
    run: onReplyIn(['drafting', 'correcting', 'takingDown'], (world, view) => {
      const [by, command] = [world.someone('agnes', 'ben'), { ...world.target(view), reason: 'Settled.' }];
      return world.send(() => by.desk.reply.withdraw(command));
    }),
  },
  claim: {
    weight: 2,
    run: onReply((world, view) => {
      const [by, command] = [world.someone('agnes', 'ben', 'cleo'), world.target(view)];
      return world.send(() => by.desk.reply.claim(command));
    }),
  },
  triage: { weight: 3, run: triage },
  close: {
    weight: 5,
    run: onReplyIn(['monitoring', 'privateHandling', 'rejected', 'published', 'takenDown'], (world, view) => {
      const [by, command] = [world.someone('agnes', 'ben'), world.target(view)];
      return world.send(() => by.desk.reply.close(command));
    }),
  },
  hold: {
    weight: 4,
    run: onHeldOrAny(async (world, view) => {
      const by = world.someone('leo', 'lena');
      const command = { ...world.target(view), ...world.signed() };
      if (view.isHeld) await world.send(() => by.desk.reply.liftHold(command));
      else await world.send(() => by.desk.reply.placeHold({ ...command, reason: 'A claim.' }));
    }),
  },
  confirmByHand: { weight: 6, run: onReplyIn(['publishing'], confirmByHand) },
  retryNow: {
    weight: 2,
    run: onReply(async (world, { id }) => {
      await world.someone('agnes').desk.reply.retryNow({ reply: id });
    }),
  },
  answerBack: { weight: 2, run: answerBack },
  writeTemplate: { weight: 3, run: writeTemplate },
  retireTemplate: {
    weight: 4,
    run: async (world) => {
      const pin = world.pins.at(-1);
      if (!pin) return;
      const signed = { commandId: world.desk.command(), ...world.signed() };
      await world.someone('leo', 'cleo').desk.template.retire({ ...pin, ...signed, reason: 'Over.' });
    },
  },
  changePolicy: { weight: 2, run: changePolicy },
  changePeople: { weight: 3, run: changePeople },
  restart: { weight: 2, run: ({ desk }) => desk.restart() },
};
