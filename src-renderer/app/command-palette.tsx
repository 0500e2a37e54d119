import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client, desk } from '../api/client.ts';
import { Icon } from '../design/icon.tsx';
import { useScreenActs } from './screen-acts.tsx';
import { useWords } from '../words/use-words.ts';
import { paletteStore } from './command-palette-store.ts';
import { PLACES } from './places.ts';
import { useOverview } from './use-overview.ts';

const MOST_REPLIES = 6;

/** ⌘K: everything that can be done here, every place, every reply. */
export const CommandPalette = () => {
  const say = useWords();
  const navigate = useNavigate();
  const screenActs = useScreenActs();
  const queues = useOverview()?.queues ?? [];
  const [search, setSearch] = useState('');
  const replies = useQuery({
    ...desk.reply.list.queryOptions({
      input: { queue: 'open', search, sort: 'due', page: { offset: 0, limit: MOST_REPLIES } },
    }),
    enabled: search.trim().length > 1,
  });

  const acts: SpotlightActionData[] = screenActs.map(({ id, label, keys, run, whyNot }) => ({
    id,
    label,
    ...(whyNot ? { description: whyNot, disabled: true } : {}),
    ...(keys ? { rightSection: <kbd>{keys}</kbd> } : {}),
    onClick: run,
  }));
  const go: SpotlightActionData[] = [
    ...queues.map(({ queue, count }) => ({
      id: `queue-${queue}`,
      label: say(`queue.${queue}`),
      rightSection: <span className="label figure">{count}</span>,
      leftSection: <Icon name="inbox" />,
      onClick: () => void navigate({ to: '/queue/$queue', params: { queue } }),
    })),
    ...PLACES.filter(({ to }) => to !== '/').map(({ to, word, icon }) => ({
      id: `place-${to}`,
      label: say(word),
      leftSection: <Icon name={icon} />,
      onClick: () => void navigate({ to }),
    })),
    {
      id: 'lock',
      label: say('shell.lock'),
      leftSection: <Icon name="lock" />,
      onClick: () => void client.session.lock(),
    },
  ];
  const found: SpotlightActionData[] = (replies.data?.items ?? []).map(({ id, handle, excerpt }) => ({
    id,
    label: handle === null ? say('reply.erasedCustomer') : `@${handle}`,
    description: excerpt,
    keywords: [search],
    leftSection: <Icon name="chat" />,
    onClick: () =>
      void navigate({ to: '/queue/$queue/$reply', params: { queue: 'open', reply: id.slice('reply/'.length) } }),
  }));

  return (
    <Spotlight
      store={paletteStore}
      shortcut={['mod + K']}
      highlightQuery
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      classNames={{ actionsList: 'palette-list' }}
      limit={24}
      transitionProps={{ duration: 0 }}
      nothingFound={say('palette.nothing')}
      onQueryChange={setSearch}
      attributes={{ content: { 'aria-label': say('shell.find') } }}
      searchProps={{
        placeholder: say('shell.find'),
        'aria-label': say('shell.find'),
        leftSection: <Icon name="search" />,
      }}
      actions={[
        ...(acts.length > 0 ? [{ group: say('palette.here'), actions: acts }] : []),
        { group: say('palette.go'), actions: go },
        ...(found.length > 0 ? [{ group: say('palette.replies'), actions: found }] : []),
      ]}
    />
  );
};
