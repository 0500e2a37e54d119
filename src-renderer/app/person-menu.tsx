import { Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client, isDesktop } from '../api/client.ts';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';
import { WindowAddress } from './window-address.tsx';
import { useSession } from './session.tsx';

const initialsOf = (name: string): string =>
  name
    .split(/\s+/u)
    .map((part) => [...part][0] ?? '')
    .slice(0, 2)
    .join('')
    .toLocaleUpperCase();

/** Who is signed in, in which roles, and the ways out. */
export const PersonMenu = () => {
  const say = useWords();
  const navigate = useNavigate();
  const { session } = useSession();
  const { name, roles } = session.person;
  const [asksForWindow, setAsksForWindow] = useState(false);
  const lock = useMutation({ mutationFn: () => client.session.lock() });
  const signOut = useMutation({ mutationFn: () => client.session.signOut() });
  const roleNames = roles.map((role) => say(`role.${role}`)).join(', ');
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <button type="button" className="button person">
            <span className="disc" aria-hidden="true">
              {initialsOf(name)}
            </span>
            <span className="name cut" aria-hidden="true">
              {name}
            </span>
            <span className="label" aria-hidden="true">
              {roleNames}
            </span>
            <span className="sr-only">{say('shell.person', { name, roles: roleNames })}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="swap" />} onClick={() => void navigate({ to: '/preferences' })}>
            {say('place.preferences')}
          </Menu.Item>
          {isDesktop() ? null : (
            <Menu.Item
              leftSection={<Icon name="panel" />}
              onClick={() => {
                setAsksForWindow(true);
              }}
            >
              {say('shell.anotherWindow')}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<Icon name="lock" />}
            onClick={() => {
              lock.mutate();
            }}
          >
            {say('shell.lock')}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon name="back" />}
            onClick={() => {
              signOut.mutate();
            }}
          >
            {say('shell.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <WindowAddress
        isOpen={asksForWindow}
        onClose={() => {
          setAsksForWindow(false);
        }}
      />
    </>
  );
};
