import { mapEventIterator } from '@orpc/client';
import { implement } from '@orpc/server';
import { contract } from '#workflows/contract/contract.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import * as audit from '../core/commands/audit-commands.ts';
import * as channels from '../core/commands/channel-commands.ts';
import { confirmClock, correctClock } from '../core/commands/clock-commands.ts';
import * as decisions from '../core/commands/decision-commands.ts';
import * as history from '../core/history/history-views.ts';
import { momentView, momentViewAt } from '../core/history/moment-view.ts';
import * as drafting from '../core/commands/draft-commands.ts';
import * as exports from '../core/commands/export-commands.ts';
import * as erasures from '../core/commands/erasure-commands.ts';
import * as mentions from '../core/commands/mention-commands.ts';
import * as people from '../core/commands/people-commands.ts';
import * as policies from '../core/commands/policy-commands.ts';
import * as publishing from '../core/commands/publishing-commands.ts';
import * as templates from '../core/commands/template-commands.ts';
import { setStampAuthority, stampNow, timestampsView } from '../core/commands/timestamp-commands.ts';
import * as triage from '../core/commands/triage-commands.ts';
import type { Desk } from '../core/desk.ts';
import type { DeskHost, SampleMaker } from '../core/desk-host.ts';
import { actingRole, requireViewer, type Viewer } from '../core/viewer.ts';
import { checkpointView, journalStatement } from '../core/views/checkpoint.ts';
import { channelsView } from '../core/views/channels-view.ts';
import { erasureView } from '../core/views/erasure-view.ts';
import { logView } from '../core/views/log.ts';
import { overview } from '../core/views/overview.ts';
import { searchQueue } from '../core/views/queue.ts';
import { recordView } from '../core/views/record.ts';
import { replyView, requireReply } from '../core/views/reply-view.ts';
import { storyOf } from '../core/views/story.ts';
import { policyView, templatesView, templateView, usableTemplates } from '../core/views/versions-view.ts';
import { asApiError } from './boundary.ts';
import { changesFor } from './changes.ts';
import { isEvents } from './events.ts';
import { isNothing, problemWithInput } from './hostile-input.ts';
import { practicePost, practiceThreads } from './practice.ts';
import * as session from './session-procedures.ts';

/** What a transport knows of who is calling: the host, and the window or browser. */
export interface ApiContext {
  readonly host: DeskHost;
  readonly sessionId: string;
}

const root = implement(contract)
  .$context<ApiContext>()
  .use(async ({ context, next, procedure }, input) => {
    const toError = (error: unknown): Error => asApiError(error, context.host.logger);
    try {
      const { inputSchema } = procedure['~orpc'];
      const problem = inputSchema || isNothing(input) ? problemWithInput(input) : 'this call takes nothing';
      if (problem !== null) throw new RefusalError(refuse('INVALID_INPUT', 'invalidInput', { why: problem }));
      const result = await next();
      if (!isEvents(result.output)) return result;
      const events = mapEventIterator(result.output, {
        value: (value) => Promise.resolve(value),
        error: (error) => Promise.resolve(toError(error)),
      });
      return { ...result, output: events };
    } catch (error) {
      throw toError(error);
    }
  });

interface Call<Input> {
  readonly context: ApiContext;
  readonly input: Input;
  /** Names of the procedure, from the root. */
  readonly path: readonly string[];
}

/** A procedure of a person who is signed in and unlocked; it sees only what is durable. */
const asViewer =
  <Input, Output>(work: (desk: Desk, viewer: Viewer, input: Input) => Output) =>
  async ({ context, input }: Pick<Call<Input>, 'context' | 'input'>): Promise<Awaited<Output>> => {
    const { desk, sessions } = context.host;
    const session = sessions.get(context.sessionId);
    requireViewer(desk, session);
    await desk.journal.settled();
    return await work(desk, requireViewer(desk, session), input);
  };

/** A procedure that reads what may take a while; it is given up with whoever asked. */
const asReader =
  <Input, Output>(work: (desk: Desk, viewer: Viewer, input: Input, signal: AbortSignal | undefined) => Output) =>
  ({ signal, ...call }: Pick<Call<Input>, 'context' | 'input'> & { readonly signal?: AbortSignal | undefined }) =>
    asViewer((desk, viewer, input: Input) => work(desk, viewer, input, signal))(call);

const isCommand = (input: unknown): input is { readonly commandId: string } =>
  typeof input === 'object' && input !== null && 'commandId' in input;

/** A procedure that changes something: the person is there, and a command that they sent before is not done again. */
const asActor =
  <Input, Output>(work: (desk: Desk, viewer: Viewer, input: Input) => Output) =>
  async (call: Call<Input>): Promise<Awaited<Output>> => {
    const { context, input, path } = call;
    context.host.sessions.touch(context.sessionId);
    return asViewer(async (desk, viewer) =>
      isCommand(input)
        ? await desk.sent.answer({ person: viewer.person, procedure: path.join('.'), input }, () =>
            work(desk, viewer, call.input),
          )
        : await work(desk, viewer, input),
    )(call);
  };

const OK = { ok: true } as const;

/** Whoever is not signed in may not take an open desk away from those who are. */
const requireMaySwitch = ({ host, sessionId }: ApiContext): void => {
  const isAnybodyHere = [...host.sessions.all()].some(({ person, key }) => person !== null && key !== null);
  if (isAnybodyHere) requireViewer(host.desk, host.sessions.get(sessionId));
};

/** The one implementation of the contract; every transport adapts to it. */
export const createRouter = (makeSample: SampleMaker) =>
  root.router({
    workspace: {
      status: root.workspace.status.handler(({ context }) => context.host.status()),
      create: root.workspace.create.handler(async ({ context, input }) => {
        requireMaySwitch(context);
        await context.host.create(input, context.sessionId);
        return context.host.status();
      }),
      open: root.workspace.open.handler(async ({ context, input }) => {
        requireMaySwitch(context);
        await context.host.open(input.folder);
        return context.host.status();
      }),
      openSample: root.workspace.openSample.handler(async ({ context, input }) => {
        requireMaySwitch(context);
        await context.host.openSample(input.fresh, makeSample);
        return context.host.status();
      }),
      stopOpening: root.workspace.stopOpening.handler(async ({ context }) => {
        await context.host.stopOpening();
        return context.host.status();
      }),
      unlock: root.workspace.unlock.handler(async ({ context, input }) => {
        await context.host.unseal(input.passphrase);
        return context.host.status();
      }),
      close: root.workspace.close.handler(async ({ context }) => {
        requireMaySwitch(context);
        await context.host.close();
        return context.host.status();
      }),
      chooseFolder: root.workspace.chooseFolder.handler(async ({ context }) => ({
        folder: (await context.host.options.capabilities?.chooseFolder?.()) ?? null,
      })),
      newLaunchAddress: root.workspace.newLaunchAddress.handler(({ context }) => ({
        address: context.host.options.capabilities?.newLaunchAddress?.() ?? null,
      })),
    },
    session: {
      current: root.session.current.handler(({ context }) => session.current(context)),
      signIn: root.session.signIn.handler(({ context, input }) => session.signIn(context, input)),
      signOut: root.session.signOut.handler(({ context }) => session.signOut(context)),
      lock: root.session.lock.handler(({ context }) => session.lock(context)),
      unlock: root.session.unlock.handler(({ context, input }) => session.unlock(context, input)),
      touch: root.session.touch.handler(({ context }) => {
        context.host.sessions.touch(context.sessionId);
        return OK;
      }),
      changePassphrase: root.session.changePassphrase.handler(({ context, input }) =>
        session.changePassphrase(context, input),
      ),
      acceptInvitation: root.session.acceptInvitation.handler(({ context, input }) =>
        session.acceptInvitation(context, input),
      ),
    },
    desk: {
      overview: root.desk.overview.handler(asViewer((desk, viewer) => overview(desk, viewer))),
      changes: root.desk.changes.handler(({ context, signal }) => changesFor(context, signal)),
      confirmClock: root.desk.confirmClock.handler(asActor(confirmClock)),
      correctClock: root.desk.correctClock.handler(asActor(correctClock)),
    },
    people: {
      list: root.people.list.handler(asViewer((desk, viewer) => people.peopleView(desk, viewer))),
      add: root.people.add.handler(asActor(people.addPerson)),
      invite: root.people.invite.handler(asActor(people.invitePerson)),
      changeRoles: root.people.changeRoles.handler(asActor(people.changeRoles)),
      remove: root.people.remove.handler(async (call) => {
        const receipt = await asActor(people.removePerson)(call);
        for (const { id, person } of call.context.host.sessions.all()) {
          if (person === call.input.person) call.context.host.sessions.signOut(id);
        }
        return receipt;
      }),
      registerKey: root.people.registerKey.handler(asActor(people.registerKey)),
      confirmKey: root.people.confirmKey.handler(asActor(people.confirmKey)),
      revokeKey: root.people.revokeKey.handler(asActor(people.revokeKey)),
    },
    channel: {
      list: root.channel.list.handler(asViewer((desk, viewer) => channelsView(desk, viewer))),
      add: root.channel.add.handler(asActor(channels.addChannel)),
      change: root.channel.change.handler(asActor(channels.changeChannel)),
      renewCredentials: root.channel.renewCredentials.handler(asActor(channels.renewCredentials)),
      check: root.channel.check.handler(asActor(channels.checkChannel)),
      remove: root.channel.remove.handler(asActor(channels.removeChannel)),
    },
    mention: {
      lookUp: root.mention.lookUp.handler(asActor(mentions.lookUp)),
      capture: root.mention.capture.handler(asActor(mentions.capture)),
      captureByHand: root.mention.captureByHand.handler(asActor(mentions.captureByHand)),
      fetchAnswers: root.mention.fetchAnswers.handler(asActor(mentions.fetchAnswers)),
      picture: root.mention.picture.handler(asViewer((desk, _viewer, input) => mentions.picture(desk, input))),
    },
    reply: {
      list: root.reply.list.handler(asReader(searchQueue)),
      get: root.reply.get.handler(
        asViewer((desk, viewer, { reply }) => replyView(desk, requireReply(desk, reply), viewer)),
      ),
      markSeen: root.reply.markSeen.handler(
        asViewer((desk, { person }, { reply, revision }) => {
          const { changedSeq } = requireReply(desk, reply);
          desk.options.preferences.markSeen(person, reply, { seq: changedSeq, revision });
          return OK;
        }),
      ),
      story: root.reply.story.handler(
        asViewer((desk, _viewer, { reply }) => ({ entries: storyOf(desk, requireReply(desk, reply)) })),
      ),
      claim: root.reply.claim.handler(asActor(triage.claim)),
      handOver: root.reply.handOver.handler(asActor(triage.handOver)),
      triage: root.reply.triage.handler(asActor(triage.triage)),
      getDraft: root.reply.getDraft.handler(
        asViewer((desk, viewer, { reply }) => drafting.loadDraft(desk, viewer, reply)),
      ),
      saveDraft: root.reply.saveDraft.handler(asActor(drafting.saveDraft)),
      discardDraft: root.reply.discardDraft.handler(
        asActor((desk, { person }, { reply }) => {
          desk.drafts.discard({ reply, person });
          return OK;
        }),
      ),
      preview: root.reply.preview.handler(asViewer(drafting.preview)),
      revise: root.reply.revise.handler(asActor(drafting.revise)),
      submit: root.reply.submit.handler(asActor(drafting.submit)),
      recall: root.reply.recall.handler(asActor(drafting.recall)),
      withdraw: root.reply.withdraw.handler(asActor(drafting.withdraw)),
      approve: root.reply.approve.handler(asActor(decisions.approve)),
      requestChanges: root.reply.requestChanges.handler(asActor(decisions.requestChanges)),
      reject: root.reply.reject.handler(asActor(decisions.reject)),
      release: root.reply.release.handler(asActor(decisions.release)),
      schedule: root.reply.schedule.handler(asActor(decisions.schedule)),
      unschedule: root.reply.unschedule.handler(asActor(decisions.unschedule)),
      confirmByHand: root.reply.confirmByHand.handler(asActor(decisions.confirmByHand)),
      retryNow: root.reply.retryNow.handler(
        asActor(async (desk, viewer, { reply }) => {
          actingRole(desk, viewer, decisions.RELEASERS);
          requireReply(desk, reply);
          await desk.outbox.retryNow(reply);
          return OK;
        }),
      ),
      close: root.reply.close.handler(asActor(triage.close)),
      placeHold: root.reply.placeHold.handler(asActor(decisions.placeHold)),
      liftHold: root.reply.liftHold.handler(asActor(decisions.liftHold)),
    },
    template: {
      list: root.template.list.handler(asViewer((desk, viewer, input) => templatesView(desk, viewer, input.search))),
      usable: root.template.usable.handler(asViewer((desk, _viewer, { reply }) => usableTemplates(desk, reply))),
      get: root.template.get.handler(asViewer((desk, viewer, { template }) => templateView(desk, viewer, template))),
      revise: root.template.revise.handler(asActor(templates.reviseTemplate)),
      submit: root.template.submit.handler(asActor(templates.submitTemplate)),
      approve: root.template.approve.handler(asActor(templates.approveTemplate)),
      requestChanges: root.template.requestChanges.handler(asActor(templates.requestTemplateChanges)),
      reject: root.template.reject.handler(asActor(templates.rejectTemplate)),
      retire: root.template.retire.handler(asActor(templates.retireTemplate)),
    },
    policy: {
      get: root.policy.get.handler(asViewer((desk, viewer) => policyView(desk, viewer))),
      revise: root.policy.revise.handler(asActor(policies.revisePolicy)),
      submit: root.policy.submit.handler(asActor(policies.submitPolicy)),
      approve: root.policy.approve.handler(
        asActor((desk, viewer, input) => policies.decidePolicy(desk, viewer, 'approve', input)),
      ),
      requestChanges: root.policy.requestChanges.handler(
        asActor((desk, viewer, input) => policies.decidePolicy(desk, viewer, 'requestChanges', input)),
      ),
      reject: root.policy.reject.handler(
        asActor((desk, viewer, input) => policies.decidePolicy(desk, viewer, 'reject', input)),
      ),
    },
    publishing: {
      status: root.publishing.status.handler(asViewer((desk, viewer) => publishing.publishingView(desk, viewer))),
      pause: root.publishing.pause.handler(asActor(publishing.pausePublishing)),
      proposeResume: root.publishing.proposeResume.handler(asActor(publishing.proposeResume)),
      resume: root.publishing.resume.handler(asActor(publishing.resumePublishing)),
    },
    erasure: {
      get: root.erasure.get.handler(asViewer((desk, viewer, { customer }) => erasureView(desk, viewer, customer))),
      propose: root.erasure.propose.handler(asActor(erasures.proposeErasure)),
      confirm: root.erasure.confirm.handler(asActor(erasures.confirmErasure)),
      decline: root.erasure.decline.handler(asActor(erasures.declineErasure)),
    },
    journal: {
      log: root.journal.log.handler(
        asReader((desk, _viewer, { filter, page }, signal) => logView(desk, filter, page, signal)),
      ),
      record: root.journal.record.handler(asViewer((desk, _viewer, { seq }) => recordView(desk, seq))),
      verify: root.journal.verify.handler((call) => {
        call.context.host.sessions.touch(call.context.sessionId);
        // What it tells comes bit by bit, to whoever asked: there is no answer to share or to give again.
        return asViewer((desk, viewer, input: typeof call.input) => {
          desk.sent.check({ person: viewer.person, procedure: 'journal.verify', input });
          return audit.verifyJournal(desk, viewer, { ...input, signal: call.signal });
        })(call);
      }),
      checkpoint: root.journal.checkpoint.handler(asViewer((desk) => checkpointView(desk))),
      consistency: root.journal.consistency.handler(
        asViewer((desk, _viewer, { from }) => {
          const { text, key, rotations, proof } = journalStatement(desk, from);
          return { text, key, rotations: [...rotations], proof: [...proof] };
        }),
      ),
      exportStory: root.journal.exportStory.handler(asActor(audit.exportStory)),
      exportRecord: root.journal.exportRecord.handler(asActor(audit.exportRecord)),
      suggestExport: root.journal.suggestExport.handler(async (call) => ({
        ...(await asViewer(exports.suggestExport)(call)),
        canChoose: call.context.host.options.capabilities?.chooseFolder !== undefined,
      })),
      exportFolder: root.journal.exportFolder.handler(asActor(exports.exportFolder)),
    },
    timestamps: {
      get: root.timestamps.get.handler(asViewer((desk, viewer) => timestampsView(desk, viewer))),
      setAuthority: root.timestamps.setAuthority.handler(asActor(setStampAuthority)),
      stampNow: root.timestamps.stampNow.handler(asActor((desk, viewer) => stampNow(desk, viewer))),
    },
    history: {
      moment: root.history.moment.handler(asViewer((desk, _viewer, input) => momentView(desk, input))),
      momentAt: root.history.momentAt.handler(asViewer((desk, _viewer, input) => momentViewAt(desk, input))),
      reply: root.history.reply.handler(asReader(history.pastReply)),
      versions: root.history.versions.handler(asReader(history.textVersions)),
      queue: root.history.queue.handler(asReader(history.pastQueue)),
      policy: root.history.policy.handler(asReader(history.pastPolicy)),
    },
    practice: {
      threads: root.practice.threads.handler(
        asViewer((desk, viewer, { channel }) => practiceThreads(desk, viewer, channel)),
      ),
      post: root.practice.post.handler(asActor(practicePost)),
    },
    preferences: {
      get: root.preferences.get.handler(({ context }) => {
        const { person } = context.host.sessions.get(context.sessionId);
        return context.host.preferences.get(person);
      }),
      set: root.preferences.set.handler(({ context, input }) => {
        const { person } = context.host.sessions.get(context.sessionId);
        const change = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
        const next = context.host.preferences.set(person, change);
        context.host.changes.tell('preferences');
        return next;
      }),
    },
  });

export type Router = ReturnType<typeof createRouter>;

/** For a transport that knows of no sample. */
export const noSample: SampleMaker = () =>
  Promise.reject(new RefusalError(refuse('UNAVAILABLE', 'sampleFailed', { why: '' })));
