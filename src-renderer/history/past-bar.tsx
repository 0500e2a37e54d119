import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import type { MomentView } from '#workflows/contract/history.contract.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { useOfferActs } from '../app/screen-acts.tsx';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { storyInWords } from '../words/story-words.ts';
import { useWords, type Words } from '../words/use-words.ts';
import { JumpForm } from './jump-form.tsx';
import type { PastMoment } from './past-address.ts';

interface PastBarProps {
  /** What the address names; `null` where it names nothing. */
  readonly wanted: PastMoment | null;
  /** The record, once it is read. */
  readonly moment: MomentView | null;
  /** There is no such record. */
  readonly isMissing: boolean;
  readonly newest: number | null;
  readonly example: string;
  /** Esc goes back to now; not while it closes something else. */
  readonly hasEscape: boolean;
  readonly onTravel: (moment: string) => void;
  readonly onBack: () => void;
}

const sentence = (say: Words, { wanted, moment, isMissing }: PastBarProps): string => {
  if (wanted === null || isMissing) return say('history.banner.nowhere');
  if (wanted.kind === 'time') return say('history.banner.seeking', { at: say.dayAndClock(wanted.at) });
  return moment
    ? say('history.banner', { seq: wanted.asOf, at: say.dayAndClock(moment.at) })
    : say('history.banner.untimed', { seq: wanted.asOf });
};

const RecordLine = ({ moment: { asOf, record } }: { moment: MomentView }) => {
  const say = useWords();
  return (
    <p className="line record">
      <span className="cut" dir="auto">
        {record
          ? say('history.record', { seq: asOf, what: storyInWords(say, record) })
          : say('history.record.unknown', { seq: asOf })}
      </span>
      <Link className="link" to="/log/$seq" params={{ seq: String(asOf) }} search={{ view: 'everything' }}>
        {say('history.record.show')}
      </Link>
    </p>
  );
};

/** p and n go to the record before and after, g to the field, Esc back to now. */
const useKeys = ({ hasEscape, onTravel, onBack }: PastBarProps, previous: number | null, next: number | null) => {
  const say = useWords();
  const field = useRef<HTMLInputElement>(null);
  const acts = useMemo(() => {
    const step = (id: string, keys: string, to: number | null) => ({
      id: `history-${id}`,
      label: say(`history.${id as 'previous'}`),
      keys,
      whyNot: to === null ? say(id === 'previous' ? 'history.first' : 'history.newest') : null,
      run: () => {
        if (to !== null) onTravel(String(to));
      },
    });
    const back = { id: 'history-back', label: say('history.back'), keys: 'Escape', run: onBack };
    return [
      step('previous', 'p', previous),
      step('next', 'n', next),
      {
        id: 'history-jump',
        label: say('history.jump.focus'),
        keys: 'g',
        run: () => {
          field.current?.focus();
        },
      },
      ...(hasEscape ? [back] : []),
    ];
  }, [say, onTravel, onBack, previous, next, hasEscape]);
  useOfferActs('history', acts);
  return field;
};

/** Across the whole window: that this is the past, as of which record, the ways to others, and the way back. */
export const PastBar = (props: PastBarProps) => {
  const say = useWords();
  const announce = useAnnounce();
  const { wanted, moment, isMissing, newest, example, onTravel, onBack } = props;
  const asOf = wanted?.kind === 'record' && !isMissing ? wanted.asOf : null;
  const previous = asOf === null || asOf === 0 ? null : asOf - 1;
  const next = asOf === null || newest === null || asOf >= newest ? null : asOf + 1;
  const field = useKeys(props, previous, next);
  const says = sentence(say, props);
  const isThere = moment !== null || isMissing;
  useEffect(() => {
    if (isThere) announce(`${says} ${say('history.readOnly')}`);
  }, [announce, isThere, says, say]);
  return (
    <section className="past-bar no-print" aria-label={say('history.bar')}>
      <Icon name="clock" size="large" />
      <div className="says">
        <p>
          <b title={moment ? say.exact(moment.at) : undefined}>{says}</b> {say('history.readOnly')}
        </p>
        {moment ? <RecordLine moment={moment} /> : isMissing ? null : <p className="record"> </p>}
      </div>
      <div className="ways">
        <span className="steps">
          <Button
            kind="lined"
            aria-keyshortcuts="p"
            aria-label={say('history.previous')}
            whyNot={previous === null ? say('history.first') : null}
            onClick={() => {
              if (previous !== null) onTravel(String(previous));
            }}
          >
            {say('history.previous.short')}
          </Button>
          <Button
            kind="lined"
            aria-keyshortcuts="n"
            aria-label={say('history.next')}
            whyNot={next === null ? say('history.newest') : null}
            onClick={() => {
              if (next !== null) onTravel(String(next));
            }}
          >
            {say('history.next.short')}
          </Button>
        </span>
        <JumpForm newest={newest} example={example} onTravel={onTravel} field={field} />
        <Button kind="primary" aria-keyshortcuts="Escape" onClick={onBack}>
          {say('history.back')}
        </Button>
      </div>
    </section>
  );
};
