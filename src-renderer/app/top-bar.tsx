import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Icon } from '../design/icon.tsx';
import { useIsPast } from '../history/past.tsx';
import { PublishingButton } from '../publishing/publishing-button.tsx';
import { useWords } from '../words/use-words.ts';
import { openPalette } from './command-palette-store.ts';
import { PersonMenu } from './person-menu.tsx';
import { PLACES } from './places.ts';
import { useSession } from './session.tsx';
import { useOverview } from './use-overview.ts';

const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

const PlacesMenu = () => {
  const say = useWords();
  const navigate = useNavigate();
  const { workspace } = useSession();
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <button type="button" className="button" aria-label={say('shell.places', { name: workspace.name })}>
          <Icon name="seal" />
          <span className="cut">{workspace.name}</span>
          <Icon name="down" size="small" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {PLACES.map(({ to, word, icon }) => (
          <Menu.Item key={to} leftSection={<Icon name={icon} />} onClick={() => void navigate({ to })}>
            {say(word)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

const JournalState = () => {
  const say = useWords();
  const navigate = useNavigate();
  const journal = useOverview()?.journal;
  if (!journal) return null;
  const { readOnly, lastVerification } = journal;
  const go = (): void => void navigate({ to: '/log' });
  if (readOnly) {
    return (
      <button type="button" className="button" onClick={go}>
        <Icon name="lock" size="small" className="warn" />
        {say('shell.readOnly')}
      </button>
    );
  }
  return (
    <button
      type="button"
      className="button wide"
      onClick={go}
      title={say('shell.journal.hint', { size: journal.size })}
    >
      <Icon
        name={lastVerification ? (lastVerification.ok ? 'check-circle' : 'stop') : 'ring'}
        size="small"
        className={lastVerification ? (lastVerification.ok ? 'ok' : 'bad') : ''}
      />
      {lastVerification
        ? say(lastVerification.ok ? 'shell.journal.verified' : 'shell.journal.notSound', {
            at: say.moment(lastVerification.at),
          })
        : say('shell.journal.notVerified')}
    </button>
  );
};

/** The bar at the top: the workspace and its places, search, the switch (not in the past), the journal, the person. */
export const TopBar = () => {
  const say = useWords();
  const isPast = useIsPast();
  return (
    <header className="top-bar no-print">
      <div className="home">
        <PlacesMenu />
      </div>
      <button type="button" className="find" onClick={openPalette} aria-keyshortcuts="Control+K Meta+K">
        <Icon name="search" size="small" />
        <span className="cut">{say('shell.find')}</span>
        <kbd>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <div className="rest">
        {isPast ? null : <PublishingButton />}
        <JournalState />
        <PersonMenu />
      </div>
    </header>
  );
};
