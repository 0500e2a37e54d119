import type { ChannelLimits, Measure } from '#workflows/channel/channel.ts';
import { Icon } from '../../design/icon.tsx';
import { useWords } from '../../words/use-words.ts';

interface MeterProps {
  readonly measure: Measure;
  readonly limits: ChannelLimits;
  readonly findings: number;
  readonly slots: number;
  readonly filled: number;
}

/** How much of the channel's room is taken, at all times; bytes only where they are the tighter limit. */
export const LengthMeter = ({ measure, limits, findings, slots, filled }: MeterProps) => {
  const say = useWords();
  const { graphemes, bytes } = measure;
  const byBytes = limits.bytes !== null && bytes / limits.bytes > graphemes / (limits.graphemes ?? Infinity);
  const limit = byBytes ? limits.bytes : limits.graphemes;
  const used = byBytes ? bytes : graphemes;
  const words =
    limit === null
      ? say('length.characters', { count: graphemes })
      : used > limit
        ? say(byBytes ? 'length.bytesOver' : 'length.over', { used, limit, over: used - limit })
        : say(byBytes ? 'length.bytesLeft' : 'length.left', { used, limit, left: limit - used });
  return (
    <div className="meter">
      {limit === null ? null : (
        <span className={`progress ${used > limit ? 'over' : ''}`} aria-hidden="true">
          <i style={{ width: `${String(Math.min(100, (used * 100) / limit))}%` }} />
        </span>
      )}
      <span className={`label figure ${limit !== null && used > limit ? 'bad' : ''}`} data-testid="length">
        {words}
      </span>
      <span className="grow" />
      {findings > 0 ? (
        <span className="state warn label-size">
          <Icon name="warn" size="small" />
          {say('check.count', { count: findings })}
        </span>
      ) : null}
      {slots > 0 ? <span className="label">{say('editor.slotsFilled', { filled, slots })}</span> : null}
    </div>
  );
};
