import { Menu } from '@mantine/core';
import { useCallback, useId, useMemo, useRef, useState } from 'react';
import type { ActView, Queue, ReplyAct, ReplyView } from '#workflows/contract/reply.contract.ts';
import { errorInWords, needsPassphrase, refusalInWords, toDeskError } from '../../api/errors.ts';
import { useConnection } from '../../api/live.tsx';
import { useOfferActs } from '../../app/screen-acts.tsx';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { useSigning } from '../../publishing/use-signing.tsx';
import { useWords, type Words } from '../../words/use-words.ts';
import type { DraftSession } from '../editor/use-draft.ts';
import { ACT_FORMS, BESIDE, KEYS, PRIMARY } from './act-definitions.ts';
import { ActPanel } from './act-panel.tsx';
import { consequence } from './consequence.ts';
import { NO_INPUT, useActs, type ActInput } from './use-acts.ts';

/** The words on an act's button: it names the act, with whom it is for. */
const labelOf = (say: Words, { act, review }: ActView, view: ReplyView): string => {
  if (act === 'approve' && review) return say('act.approveAs', { review: say(`review.${review}`) });
  if (act === 'submit') {
    const reviews = view.route?.reviews.map((entry) => say(`review.${entry.review}`)) ?? [];
    return reviews.length > 0 ? say('act.submitTo', { reviews }) : say('act.submit');
  }
  if (act === 'release') {
    return view.operation === 'takeDown'
      ? say('act.releaseTakeDown')
      : say('act.publishTo', { handle: view.channel.handle });
  }
  if (act === 'close' && view.state === 'published') return say('act.closeAnswered');
  return say(`act.${act}`);
};

/** Why an act cannot be done just now, besides what the desk itself says. */
const obstacle = (
  say: Words,
  act: ReplyAct,
  view: ReplyView,
  draft: DraftSession,
  isOnline: boolean,
): string | null => {
  if (!isOnline) return say('refusal.offline');
  if (act !== 'submit' || view.operation === 'takeDown') return null;
  if (draft.isStale) return say('stale.first');
  const blocking = draft.isEditing
    ? (draft.preview?.findings ?? []).filter(({ severity }) => severity === 'block')
    : view.findings.filter(({ severity }) => severity === 'block');
  const [first] = blocking;
  if (!first) return null;
  const key = `check.${first.message}`;
  return say.has(key) ? say(key, first.values) : say('refusal.blockingFindings', { findings: [first.check] });
};

/** What can be done here: a text that is being written can be submitted, which saves it as a revision first. */
const actsOf = ({ acts, operation }: ReplyView, draft: DraftSession): readonly ActView[] =>
  draft.isEditing && draft.isChanged && operation !== 'takeDown'
    ? [{ act: 'submit', isAllowed: true, review: null, refusal: null }, ...acts.filter(({ act }) => act !== 'submit')]
    : acts;

/** Refusals of acts that somebody else could do, or that nobody needs now: these are no buttons. */
const NO_BUTTON = ['roleMayNot', 'alreadyYours', 'notAReviewer', 'recallNotTheirs'];

/** Whether an act belongs on the bar at all in what the person is doing now. */
const isShown = ({ act, isAllowed, refusal }: ActView, draft: DraftSession): boolean => {
  if (act === 'edit' && draft.isEditing) return false;
  if (act === 'retry') return false;
  if (refusal?.reason === 'nothingToSubmit') return draft.isEditing;
  // What another role could do is no button here; what this person could do but for a reason, is.
  return isAllowed || (refusal !== null && !NO_BUTTON.includes(refusal.reason));
};

/** One place for every decision: what follows from it, the other acts, and one primary button that names the act. */
export const DecisionBar = ({ view: saved, draft, queue }: { view: ReplyView; draft: DraftSession; queue: Queue }) => {
  const forecast = draft.isEditing ? draft.preview?.route : null;
  // Whom submitting tells is decided by the text as it stands, not by the one saved last.
  const view = useMemo(() => (forecast ? { ...saved, route: forecast } : saved), [saved, forecast]);
  const say = useWords();
  const { isOnline } = useConnection();
  const signing = useSigning();
  const { run, busy } = useActs(view, draft, queue);
  const [wanted, setChosen] = useState<ReplyAct | null>(null);
  // An act that has become impossible meanwhile is not asked about any more.
  const acts = useMemo(() => actsOf(view, draft), [view, draft]);
  const chosen = acts.some(({ act, isAllowed }) => act === wanted && isAllowed) ? wanted : null;
  const [input, setInput] = useState<ActInput>(NO_INPUT);
  const [problem, setProblem] = useState<string | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const formId = useId();

  const shown = useMemo(() => acts.filter((act) => isShown(act, draft)), [acts, draft]);
  const isWriting = draft.isEditing;
  const primary = useMemo(
    () =>
      PRIMARY.map((act) => shown.find((entry) => entry.act === act)).find(
        (entry) =>
          entry !== undefined &&
          (entry.act !== 'claim' || entry.isAllowed) &&
          !(entry.act === 'submit' && !isWriting && view.revisions.length === 0),
      ) ?? null,
    [shown, isWriting, view.revisions.length],
  );
  const refusalOf = useCallback(
    (entry: ActView): string | null =>
      entry.refusal ? refusalInWords(say, entry.refusal) : obstacle(say, entry.act, view, draft, isOnline),
    [say, view, draft, isOnline],
  );

  const close = useCallback(() => {
    setChosen(null);
    setInput(NO_INPUT);
    setProblem(null);
    signing.reset();
    opener.current?.focus();
  }, [signing]);

  const perform = useCallback(
    async (act: ReplyAct, given: ActInput) => {
      try {
        await run(act, { ...given, ...signing.input });
        setChosen(null);
        setInput(NO_INPUT);
        setProblem(null);
        signing.reset();
      } catch (error) {
        const { code } = toDeskError(error);
        if (needsPassphrase(error) || code === 'RATE_LIMITED' || toDeskError(error).reason === 'wrongPassphrase')
          signing.takeError(error);
        else setProblem(errorInWords(say, error));
      }
    },
    [run, signing, say],
  );

  const choose = useCallback(
    (act: ReplyAct) => {
      // Its panel is open already: what was written there stays.
      if (act === chosen) return;
      opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      setProblem(null);
      if (ACT_FORMS[act]) {
        setInput(NO_INPUT);
        setChosen(act);
      } else void perform(act, NO_INPUT);
    },
    [chosen, perform],
  );

  const missing = (act: ReplyAct): string | null => {
    const form = ACT_FORMS[act];
    if (!form) return null;
    if (form.reason === 'required' && input.text.trim() === '') return say('refusal.reasonNeeded');
    if (form.asks === 'time' && act === 'schedule' && input.time === null) return say('act.time.needed');
    if (form.asks === 'reply' && input.into === null) return say('refusal.mergeNeedsOther');
    if (form.asks === 'address' && input.isThere && input.text.trim() === '') return say('refusal.addressNeeded');
    return form.isSigned && !signing.isReady ? say('refusal.passphraseNeeded') : null;
  };
  const submitChosen = (): void => {
    if (chosen && missing(chosen) === null && busy === null) void perform(chosen, input);
  };

  const offered = useMemo(
    () =>
      shown.map((entry) => ({
        id: entry.act,
        label: labelOf(say, entry, view),
        ...(KEYS[entry.act] ? { keys: KEYS[entry.act] } : {}),
        run: () => {
          choose(entry.act);
        },
        whyNot: refusalOf(entry),
      })),
    [shown, say, view, choose, refusalOf],
  );
  useOfferActs('reply', offered);

  const current = chosen ? (acts.find(({ act }) => act === chosen) ?? null) : null;
  const main = current ?? primary;
  const others = shown.filter((entry) => entry !== primary && entry.act !== 'edit');
  const edit = shown.find(({ act }) => act === 'edit');
  const inRoom = BESIDE.map((act) => others.find((entry) => entry.act === act))
    .filter((entry) => entry !== undefined)
    .slice(0, 2);
  const rest = [...(edit && primary ? [edit] : []), ...others.filter((entry) => !inRoom.includes(entry))];

  return (
    <>
      {chosen ? (
        <ActPanel
          act={chosen}
          view={view}
          input={input}
          signing={signing}
          problem={problem}
          formId={formId}
          onChange={(next) => {
            setInput(next);
            setProblem(null);
          }}
          onSubmit={submitChosen}
          onCancel={close}
        />
      ) : null}
      <footer className="bar no-print">
        <p role={problem && !chosen ? 'alert' : undefined} className={problem && !chosen ? 'bad' : ''}>
          {problem && !chosen ? problem : consequence(say, view, draft, chosen)}
        </p>
        {rest.length > 0 ? (
          <Menu position="top-end" width={260}>
            <Menu.Target>
              <button type="button" className="button">
                <Icon name="more" />
                {say('act.more')}
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              {rest.map((entry) => {
                const whyNot = refusalOf(entry);
                return (
                  <Menu.Item
                    key={entry.act}
                    disabled={whyNot !== null}
                    onClick={() => {
                      choose(entry.act);
                    }}
                    rightSection={KEYS[entry.act] ? <kbd>{KEYS[entry.act]}</kbd> : null}
                  >
                    {labelOf(say, entry, view)}
                    {whyNot ? (
                      <span className="label" style={{ display: 'block', whiteSpace: 'normal' }}>
                        {whyNot}
                      </span>
                    ) : null}
                  </Menu.Item>
                );
              })}
            </Menu.Dropdown>
          </Menu>
        ) : null}
        {inRoom
          .filter(({ act }) => act !== chosen)
          .map((entry) => (
            <Button
              key={entry.act}
              whyNot={refusalOf(entry)}
              isBusy={busy === entry.act}
              onClick={() => {
                choose(entry.act);
              }}
            >
              {labelOf(say, entry, view)}
            </Button>
          ))}
        {!primary && edit && !chosen ? (
          <Button
            kind="lined"
            whyNot={refusalOf(edit)}
            onClick={() => {
              choose('edit');
            }}
          >
            {say('act.edit')}
          </Button>
        ) : null}
        {main ? (
          <Button
            // Two elements: were the pressed one to become the form's submit button, its own press would submit the form.
            key={chosen ? 'confirm' : 'choose'}
            kind="primary"
            {...(chosen ? { type: 'submit' as const, form: formId } : {})}
            whyNot={chosen ? missing(chosen) : refusalOf(main)}
            isBusy={busy === main.act}
            onClick={
              chosen
                ? undefined
                : () => {
                    choose(main.act);
                  }
            }
          >
            {labelOf(say, main, view)}
          </Button>
        ) : null}
      </footer>
    </>
  );
};
