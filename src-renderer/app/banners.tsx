import { useState } from 'react';
import { client, witness } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { useConnection } from '../api/live.tsx';
import { Button } from '../design/button.tsx';
import { ErasureBanner } from '../erasure/erasure-banner.tsx';
import { PauseDialog } from '../publishing/pause-dialog.tsx';
import { useWitness } from '../witness/use-witness.ts';
import { useWords } from '../words/use-words.ts';
import { Banner } from './banner.tsx';
import { SampleBanner } from './sample-banner.tsx';
import { useSession } from './session.tsx';
import { ClockDialog } from './clock-dialog.tsx';
import { useOverview } from './use-overview.ts';

const PausedBanner = () => {
  const say = useWords();
  const publishing = useOverview()?.publishing;
  const [isOpen, setIsOpen] = useState(false);
  if (!publishing || publishing.state === 'on') return null;
  const { pausedBy, pausedAt, reason, state, proposedBy, canResume, mayPropose, mayResume } = publishing;
  return (
    <>
      <Banner
        icon="pause"
        tone="alarm"
        acts={
          mayPropose || mayResume ? (
            <Button
              kind="lined"
              size="small"
              onClick={() => {
                setIsOpen(true);
              }}
            >
              {say(mayResume ? 'pause.agree' : 'pause.propose')}
            </Button>
          ) : null
        }
      >
        <b>{say('pause.banner', { who: pausedBy?.name ?? '', at: pausedAt ? say.moment(pausedAt) : '' })}</b>{' '}
        {reason ? <span>“{reason}”</span> : null}
        <span className="soft">
          {state === 'resumeProposed'
            ? say('pause.proposed', { who: proposedBy?.name ?? '', canResume })
            : say('pause.canResume', { canResume })}
        </span>
      </Banner>
      <PauseDialog
        isOpen={isOpen}
        onClose={() => {
          setIsOpen(false);
        }}
      />
    </>
  );
};

const ReadOnlyBanner = () => {
  const say = useWords();
  const { workspace } = useSession();
  if (!workspace.readOnly) return null;
  const { seq, message } = workspace.readOnly;
  return (
    <Banner icon="lock" tone="caution">
      <b>{say('readOnly.banner')}</b>{' '}
      {seq === null ? say('readOnly.why', { message }) : say('readOnly.place', { seq: say.number(seq), message })}
    </Banner>
  );
};

const OfflineBanner = () => {
  const say = useWords();
  const { offlineSince, isStranger } = useConnection();
  if (offlineSince === null) return null;
  if (isStranger)
    return (
      <Banner icon="offline" tone="caution">
        <b>{say('restarted.banner')}</b>{' '}
        {say('restarted.text', { at: say.clock(new Date(offlineSince).toISOString()) })}
      </Banner>
    );
  return (
    <Banner icon="offline">
      <b>{say('offline.banner', { at: say.clock(new Date(offlineSince).toISOString()) })}</b> {say('offline.text')}
    </Banner>
  );
};

const ChannelOfflineBanner = () => {
  const say = useWords();
  const outbox = useOverview()?.outbox;
  if (!outbox?.offlineSince) return null;
  return (
    <Banner icon="offline">
      <b>{say('outbox.offline', { at: say.moment(outbox.offlineSince) })}</b>{' '}
      {say('outbox.waits', { count: outbox.waiting })}{' '}
      {outbox.nextTryAt ? say('outbox.nextTry', { at: say.clock(outbox.nextTryAt) }) : null}
    </Banner>
  );
};

const ClockBanner = () => {
  const say = useWords();
  const overview = useOverview();
  const jump = overview?.clockJump;
  const confirm = useCommand(client.desk.confirmClock);
  // A clock that is behind has to be put right first: nothing can be recorded, not even that somebody confirms it.
  if (!jump || overview.clockBehind) return null;
  return (
    <Banner
      icon="clock"
      tone="caution"
      acts={
        <Button
          kind="lined"
          size="small"
          isBusy={confirm.isPending}
          onClick={() => {
            confirm.mutate({});
          }}
        >
          {say('clock.confirm')}
        </Button>
      }
    >
      <b>{say('clock.jumped', { from: say.exact(jump.from), to: say.exact(jump.to) })}</b> {say('clock.jumped.text')}
    </Banner>
  );
};

const ClockBehindBanner = () => {
  const say = useWords();
  const behind = useOverview()?.clockBehind;
  const [isOpen, setIsOpen] = useState(false);
  if (!behind) return null;
  const { newest, now, mayCorrect, canCorrect } = behind;
  return (
    <>
      <Banner
        icon="clock"
        tone="alarm"
        acts={
          mayCorrect ? (
            <Button
              kind="lined"
              size="small"
              onClick={() => {
                setIsOpen(true);
              }}
            >
              {say('clock.correct')}
            </Button>
          ) : null
        }
      >
        <b>{say('clock.behind', { newest: say.exact(newest), now: say.exact(now) })}</b>{' '}
        {say('clock.behind.text', { canCorrect })}
      </Banner>
      <ClockDialog
        behind={behind}
        isOpen={isOpen}
        onClose={() => {
          setIsOpen(false);
        }}
      />
    </>
  );
};

const KeyBanner = () => {
  const say = useWords();
  const { keyState } = useSession().session;
  if (keyState === 'valid') return null;
  return (
    <Banner icon="key" tone="caution">
      <b>{say('key.notValid')}</b> {say(`key.${keyState}`)}
    </Banner>
  );
};

const RefusedBanner = () => {
  const say = useWords();
  if (useWitness().kind !== 'refused') return null;
  return (
    <Banner
      icon="stop"
      tone="alarm"
      acts={
        <Button
          kind="lined"
          size="small"
          onClick={() => {
            witness.stop();
          }}
        >
          {say('witness.banner.show')}
        </Button>
      }
    >
      <b>{say('witness.banner')}</b> {say('witness.banner.text')}
    </Banner>
  );
};

/** What everybody must know before they do anything. */
export const Banners = () => (
  <div className="banners no-print">
    <SampleBanner />
    <RefusedBanner />
    <PausedBanner />
    <ReadOnlyBanner />
    <OfflineBanner />
    <ChannelOfflineBanner />
    <ClockBanner />
    <ClockBehindBanner />
    <KeyBanner />
    <ErasureBanner />
  </div>
);
