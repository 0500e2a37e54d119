import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAnnounce } from '../app/announcer.tsx';
import { useSession } from '../app/session.tsx';
import { useOverview } from '../app/use-overview.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Panes } from '../design/panes.tsx';
import { SidePane } from '../design/side-pane.tsx';
import { useIsSlow } from '../design/skeleton.tsx';
import { useWords } from '../words/use-words.ts';
import { ExportButton } from './export-button.tsx';
import { JournalPane } from './journal-pane.tsx';
import { LogBar } from './log-bar.tsx';
import { LogFilters } from './log-filters.tsx';
import { LogEmpty, LogFailed, LogSkeleton } from './log-states.tsx';
import { LogTable } from './log-table.tsx';
import { LogViews } from './log-views.tsx';
import { isNarrowed, readLogSearch, viewOf, type LogSearch } from './log-address.ts';
import { periodInWords } from './period-filter.tsx';
import { RecordPane } from './record-pane.tsx';
import { useCheckpoint } from './use-checkpoint.ts';
import { useExport } from './use-export.ts';
import { useLog, type Span } from './use-log.ts';
import { useLogKeys } from './use-log-keys.ts';
import { useVerification } from './verification.ts';
import { VerificationStrip } from './verification-strip.tsx';
import '../reply/reply.css';
import '../queue/queue.css';
import './log.css';
import './export.css';

type Change = { [Name in keyof LogSearch]?: LogSearch[Name] | undefined };

const LogHead = ({
  search,
  total,
  onOpen,
  seq,
  whyNotExport,
  onVerify,
}: {
  search: LogSearch;
  total: number | null;
  onOpen: () => void;
  seq: number | null;
  whyNotExport: string | null;
  /** Offered here while the bar speaks of a record; `null` while it runs. */
  onVerify: (() => void) | null;
}) => {
  const say = useWords();
  const navigate = useNavigate();
  const isRecord = seq !== null;
  return (
    <header className="reply-head log-head">
      <div className="grow">
        <h1 className="cut">{say('log.title')}</h1>
        <span className="label cut">
          {total === null
            ? say(`log.view.${viewOf(search)}`)
            : say('log.count', {
                view: say(`log.view.${viewOf(search)}`),
                count: total,
                period: `${periodInWords(say, search)}, ${say('log.newestFirst')}`,
              })}
          {search.reply ? (
            <>
              {' '}
              {say('log.oneReply')}{' '}
              <button
                type="button"
                className="link"
                onClick={() => {
                  const { reply: _reply, ...rest } = search;
                  void navigate({ to: '/log', search: rest });
                }}
              >
                {say('log.oneReply.clear')}
              </button>
            </>
          ) : null}
        </span>
      </div>
      <span className="state" title={say('log.readOnly.hint')}>
        <Icon name="lock" size="small" />
        {say('log.readOnly')}
      </span>
      {isRecord && onVerify ? (
        <Button kind="lined" icon="shield" onClick={onVerify}>
          {say('log.verify')}
        </Button>
      ) : null}
      <span className="no-print">
        <ExportButton search={search} seq={seq} whyNot={whyNotExport} />
      </span>
      <span className="open-context no-print">
        <Button kind="lined" icon="panel" onClick={onOpen}>
          {say(isRecord ? 'log.proof' : 'log.journal.open')}
        </Button>
      </span>
    </header>
  );
};

/** Says how a verification ended, wherever the eyes are. */
const useAnnouncedVerification = (owner: string) => {
  const say = useWords();
  const announce = useAnnounce();
  const verification = useVerification(owner);
  const { state } = verification;
  useEffect(() => {
    if (state.kind === 'running' && state.records === 0) announce(say('log.verify.running'));
    if (state.kind === 'stopped') announce(say('log.verify.stopped'));
  }, [state, announce, say]);
  return verification;
};

/** The decision log: every record, why it can be believed, and the check of the whole. */
export const LogScreen = () => {
  const say = useWords();
  const navigate = useNavigate();
  const rawSearch = useSearch({ strict: false });
  const searchKey = JSON.stringify(readLogSearch(rawSearch));
  const search = useMemo(() => JSON.parse(searchKey) as LogSearch, [searchKey]);
  const params = useParams({ strict: false });
  const seq = params.seq !== undefined && /^\d{1,15}$/.test(params.seq) ? Number(params.seq) : null;
  const { session, workspace } = useSession();
  const size = useOverview()?.journal.size ?? 0;
  const [span, setSpan] = useState<Span>({ first: 0, last: 0 });
  const [isContextOpen, setIsContextOpen] = useState(seq !== null);
  const find = useRef<HTMLInputElement>(null);
  const log = useLog(search, span);
  const isSlow = useIsSlow(log.isPending);
  const { checkpoint, command } = useCheckpoint();
  const exporting = useExport();
  const verification = useAnnouncedVerification(`${workspace.folder} ${session.person.id}`);
  const onSpan = useCallback((next: Span) => {
    setSpan((before) => (before.first === next.first && before.last === next.last ? before : next));
  }, []);
  const { start } = verification;
  const wanted = useLogKeys(
    { total: log.total, span, rowAt: log.rowAt, chosen: seq, search },
    {
      find,
      onVerify: () => {
        start(size);
      },
    },
  );
  const change = (next: Change): void => {
    const merged = Object.fromEntries(
      Object.entries({ ...search, ...next }).filter(([, value]) => value !== undefined),
    );
    void navigate({ to: '/log', search: merged, replace: true });
  };
  const close = (): void => {
    setIsContextOpen(false);
    if (seq !== null) void navigate({ to: '/log', search });
  };
  const [openedFor, setOpenedFor] = useState(seq);
  if (openedFor !== seq) {
    // Choosing a record opens the drawer, where the pane is one.
    setOpenedFor(seq);
    setIsContextOpen(seq !== null);
  }
  const view = viewOf(search);
  return (
    <Panes
      queue={<LogViews search={search} counts={log.whole?.counts ?? null} />}
      main={
        <article className="pane reply-pane" aria-label={say('log.pane')}>
          <LogHead
            search={search}
            total={log.whole ? log.total : null}
            seq={seq}
            whyNotExport={exporting.whyNot}
            onVerify={
              verification.state.kind === 'running'
                ? null
                : () => {
                    start(size);
                  }
            }
            onOpen={() => {
              setIsContextOpen(true);
            }}
          />
          <VerificationStrip verification={verification} command={command} />
          <LogFilters search={search} whole={log.whole} onChange={change} findRef={find} />
          {log.error !== null ? (
            <LogFailed error={log.error} onRetry={log.retry} />
          ) : log.isPending ? (
            <div className="log-table">{isSlow ? <LogSkeleton /> : null}</div>
          ) : log.total === 0 ? (
            <LogEmpty
              isNarrow={isNarrowed(search)}
              view={view}
              everything={size}
              onClear={() => {
                void navigate({ to: '/log', search: { view } });
              }}
              onEverything={() => {
                change({ view: 'everything' });
              }}
            />
          ) : (
            <LogTable
              total={log.total}
              rowAt={log.rowAt}
              search={search}
              searchKey={searchKey}
              chosen={seq}
              wanted={wanted}
              onSpan={onSpan}
            />
          )}
          <LogBar seq={seq} size={size} verification={verification} exporting={exporting} />
        </article>
      }
      context={
        <SidePane
          id="record"
          title={say(seq === null ? 'log.journal' : 'log.record.pane')}
          isOpen={isContextOpen}
          onClose={close}
        >
          {seq === null ? (
            <JournalPane checkpoint={checkpoint} command={command} />
          ) : (
            <RecordPane key={seq} seq={seq} search={search} command={command} onClose={close} />
          )}
        </SidePane>
      }
    />
  );
};
