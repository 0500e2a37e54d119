import { Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { Icon } from '../design/icon.tsx';
import { useNow } from '../words/use-now.ts';
import { useWords } from '../words/use-words.ts';
import { useSampleCast } from './use-sample-cast.ts';
import { useSession } from './session.tsx';
import { Banner } from './banner.tsx';
import { Button } from '../design/button.tsx';

/** An older sample has nothing left that is due: a fresh one is offered. */
const STALE_AFTER = 12 * 60 * 60_000;

/** Says that nothing here is real, and lets one try another role with one click. */
export const SampleBanner = () => {
  const say = useWords();
  const now = useNow();
  const { workspace, session } = useSession();
  const cast = useSampleCast();
  const fresh = useMutation({ mutationFn: () => client.workspace.openSample({ fresh: true }) });
  const leave = useMutation({ mutationFn: () => client.workspace.close() });
  if (!workspace.isSample) return null;
  const isStale = now - Date.parse(workspace.createdAt) > STALE_AFTER + 12 * 24 * 60 * 60_000;
  return (
    <Banner
      icon="chat"
      acts={
        <>
          <Menu position="bottom-end" width={260}>
            <Menu.Target>
              <button type="button" className="button lined small">
                {say('sample.tryRole')}
                <Icon name="down" size="small" />
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              {cast.people
                .filter(({ id }) => id !== session.person.id)
                .map(({ id, name, roles }) => (
                  <Menu.Item
                    key={id}
                    onClick={() => {
                      cast.become(id);
                    }}
                    rightSection={<span className="label">{roles.map((role) => say(`role.${role}`)).join(', ')}</span>}
                  >
                    {name}
                  </Menu.Item>
                ))}
            </Menu.Dropdown>
          </Menu>
          {isStale ? (
            <Button
              kind="lined"
              size="small"
              isBusy={fresh.isPending}
              onClick={() => {
                fresh.mutate();
              }}
            >
              {say('sample.fresh')}
            </Button>
          ) : null}
          <Button
            size="small"
            onClick={() => {
              leave.mutate();
            }}
          >
            {say('sample.leave')}
          </Button>
        </>
      }
    >
      <b>{say('sample.banner')}</b> <span className="soft">{say('sample.text')}</span>
    </Banner>
  );
};
