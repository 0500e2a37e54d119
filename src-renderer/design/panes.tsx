import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { usePreferences, useSetPreferences } from '../preferences/use-preferences.ts';
import { useWords } from '../words/use-words.ts';
import './panes.css';

const LIMITS = { queue: [220, 480], context: [260, 560] } as const;
const KEY_STEP = 16;

type Side = keyof typeof LIMITS;

const clamp = (value: number, [least, most]: readonly [number, number]): number =>
  Math.round(Math.min(most, Math.max(least, value)));

/** Parts two panes; drawn with the pointer or with the arrow keys, and remembered. */
const Divider = ({
  side,
  width,
  onChange,
  onDone,
}: {
  side: Side;
  width: number;
  onChange: (width: number) => void;
  onDone: (width: number) => void;
}) => {
  const say = useWords();
  const start = useRef<{ x: number; width: number } | null>(null);
  const direction = side === 'queue' ? 1 : -1;
  const widthAt = (x: number): number => {
    const from = start.current ?? { x, width };
    return clamp(from.width + (x - from.x) * direction, LIMITS[side]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? KEY_STEP : event.key === 'ArrowLeft' ? -KEY_STEP : 0;
    if (step === 0) return;
    event.preventDefault();
    onDone(clamp(width + step * direction, LIMITS[side]));
  };
  return (
    <div
      className={`divider ${side}`}
      role="separator"
      aria-orientation="vertical"
      aria-label={say(`shell.divider.${side}`)}
      aria-valuenow={width}
      aria-valuemin={LIMITS[side][0]}
      aria-valuemax={LIMITS[side][1]}
      tabIndex={0}
      onPointerDown={(event: PointerEvent<HTMLDivElement>) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (start.current) onChange(widthAt(event.clientX));
      }}
      onPointerUp={(event) => {
        if (start.current) onDone(widthAt(event.clientX));
        start.current = null;
      }}
      onKeyDown={onKeyDown}
    />
  );
};

/** Three panes parted by hairlines; side panes can be drawn wider, and the right one is a drawer where room is short. */
export const Panes = ({ queue, main, context }: { queue: ReactNode; main: ReactNode; context: ReactNode }) => {
  const preferences = usePreferences();
  const { mutate } = useSetPreferences();
  const [drawn, setDrawn] = useState<{ queue?: number; context?: number }>({});
  // Once it is kept, the preference counts again: it can be set back elsewhere.
  const forget = {
    onSettled: () => {
      setDrawn({});
    },
  };
  const queueWidth = drawn.queue ?? preferences.queueWidth;
  const contextWidth = drawn.context ?? preferences.contextWidth;
  return (
    <div
      className={`panes ${context === null ? 'two' : ''}`}
      style={{
        ['--queue-width' as string]: `${String(queueWidth)}px`,
        ['--context-width' as string]: `${String(contextWidth)}px`,
      }}
    >
      {queue}
      <Divider
        side="queue"
        width={queueWidth}
        onChange={(width) => {
          setDrawn({ ...drawn, queue: width });
        }}
        onDone={(width) => {
          setDrawn({ ...drawn, queue: width });
          mutate({ queueWidth: width }, forget);
        }}
      />
      {main ?? <section className="pane reply-pane" />}
      {context === null ? null : (
        <>
          <Divider
            side="context"
            width={contextWidth}
            onChange={(width) => {
              setDrawn({ ...drawn, context: width });
            }}
            onDone={(width) => {
              setDrawn({ ...drawn, context: width });
              mutate({ contextWidth: width }, forget);
            }}
          />
          {context}
        </>
      )}
    </div>
  );
};
