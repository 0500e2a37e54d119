import { useState, type ReactNode, type SyntheticEvent } from 'react';
import type { PersonView } from '#workflows/contract/people.contract.ts';
import type { Role } from '#workflows/people/roles.ts';
import { client } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { errorInWords } from '../api/errors.ts';
import { useConnection } from '../api/live.tsx';
import { useAnnounce } from '../app/announcer.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';
import { FullKey } from './key-state.tsx';
import { RoleFields } from './role-fields.tsx';

/** A one-time code that was just made. */
export interface Invitation {
  readonly name: string;
  readonly code: string;
  readonly expiresAt: string;
}

const Failure = ({ error }: { error: unknown }) => {
  const say = useWords();
  return error === null || error === undefined ? null : (
    <p className="bad" role="alert">
      {errorInWords(say, error)}
    </p>
  );
};

/** A question with its explanation, and one act that answers it. */
const Question = ({
  title,
  act,
  whyNot,
  isBusy,
  error,
  onAct,
  onClose,
  children,
}: {
  title: string;
  act: string;
  whyNot?: string | null;
  isBusy: boolean;
  error: unknown;
  onAct: () => void;
  onClose: () => void;
  children: ReactNode;
}) => {
  const say = useWords();
  const { isOnline } = useConnection();
  const refusal = isOnline ? (whyNot ?? null) : say('refusal.offline');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (refusal === null && !isBusy) onAct();
  };
  return (
    <Dialog isOpen onClose={onClose} title={title} size={520}>
      <form onSubmit={submit} style={{ display: 'contents' }}>
        {children}
        <Failure error={error} />
        <div className="dialog-acts">
          <Button onClick={onClose}>{say('act.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy} whyNot={refusal}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

interface OnPerson {
  readonly person: PersonView;
  readonly onClose: () => void;
}

/** Adds a person with their roles; answers with their code. */
export const InviteDialog = ({
  onClose,
  onInvited,
}: {
  onClose: () => void;
  onInvited: (invitation: Invitation) => void;
}) => {
  const say = useWords();
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<Role[]>([]);
  const add = useCommand(client.people.add);
  const missing =
    name.trim() === '' ? say('people.invite.name.needed') : roles.length === 0 ? say('people.roles.needed') : null;
  return (
    <Question
      title={say('people.invite')}
      act={say('people.invite.submit')}
      whyNot={missing}
      isBusy={add.isPending}
      error={add.error}
      onClose={onClose}
      onAct={() => {
        add.mutate(
          { name: name.trim(), roles },
          {
            onSuccess: ({ code, expiresAt }) => {
              onInvited({ name: name.trim(), code, expiresAt });
            },
          },
        );
      }}
    >
      <p className="soft">{say('people.invite.text')}</p>
      <TextField
        label={say('people.invite.name')}
        hint={say('people.invite.name.hint')}
        value={name}
        dir="auto"
        maxLength={80}
        data-autofocus
        onChange={(event) => {
          setName(event.currentTarget.value);
          add.reset();
        }}
      />
      <RoleFields chosen={roles} onChange={setRoles} />
    </Question>
  );
};

/** Shows a code, this once. */
export const CodeDialog = ({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) => {
  const say = useWords();
  const announce = useAnnounce();
  const [copied, setCopied] = useState<'copied' | 'cannotCopy' | null>(null);
  const { name, code, expiresAt } = invitation;
  const copy = async (): Promise<void> => {
    const outcome = await navigator.clipboard.writeText(code).then(
      () => 'copied' as const,
      () => 'cannotCopy' as const,
    );
    setCopied(outcome);
    announce(say(`people.code.${outcome}`));
  };
  return (
    <Dialog isOpen onClose={onClose} title={say('people.code.title', { name })}>
      <p className="soft">{say('people.code.text', { name, at: say.moment(expiresAt) })}</p>
      <div className="one-time-code">
        <output aria-label={say('people.code.label')}>{code}</output>
        <Button kind="lined" icon="copy" data-autofocus onClick={() => void copy()}>
          {say('people.code.copy')}
        </Button>
      </div>
      {copied ? <p className={copied === 'copied' ? 'label' : 'bad'}>{say(`people.code.${copied}`)}</p> : null}
      <p className="soft">{say('people.code.next', { button: say('signIn.invited') })}</p>
      <div className="dialog-acts">
        <Button kind="primary" onClick={onClose}>
          {say('people.code.done')}
        </Button>
      </div>
    </Dialog>
  );
};

/** A new code for somebody who is on the desk. */
export const NewCodeDialog = ({
  person,
  onClose,
  onInvited,
}: OnPerson & { onInvited: (invitation: Invitation) => void }) => {
  const say = useWords();
  const invite = useCommand(client.people.invite);
  const { name } = person;
  const isLost = person.keyState === 'valid' || person.keyState === 'unconfirmed';
  return (
    <Question
      title={say('people.newCode.title', { name })}
      act={say('people.newCode.submit')}
      isBusy={invite.isPending}
      error={invite.error}
      onClose={onClose}
      onAct={() => {
        invite.mutate(
          { person: person.id },
          {
            onSuccess: ({ code, expiresAt }) => {
              onInvited({ name, code, expiresAt });
            },
          },
        );
      }}
    >
      <p className="soft">{say(isLost ? 'people.newCode.text.lost' : 'people.newCode.text.fresh')}</p>
    </Question>
  );
};

export const RolesDialog = ({ person, onClose }: OnPerson) => {
  const say = useWords();
  const announce = useAnnounce();
  const [roles, setRoles] = useState<Role[]>(person.roles);
  const change = useCommand(client.people.changeRoles);
  const { id, version, name } = person;
  const isSame = roles.length === person.roles.length && roles.every((role) => person.roles.includes(role));
  return (
    <Question
      title={say('people.changeRoles.title', { name })}
      act={say('people.changeRoles.submit')}
      whyNot={roles.length === 0 ? say('people.roles.needed') : isSame ? say('people.changeRoles.same') : null}
      isBusy={change.isPending}
      error={change.error}
      onClose={onClose}
      onAct={() => {
        change.mutate(
          { person: id, version, roles },
          {
            onSuccess: () => {
              announce(say('people.changeRoles.done', { name }));
              onClose();
            },
          },
        );
      }}
    >
      <p className="soft">{say('people.changeRoles.text')}</p>
      <RoleFields chosen={roles} onChange={setRoles} />
    </Question>
  );
};

/** Acts on a person that need no more than a word. */
export type PersonAct = 'registerKey' | 'confirmKey' | 'revokeKey' | 'remove';

const useAct = (act: PersonAct, { id, version, keyId }: PersonView) => {
  const register = useCommand(client.people.registerKey);
  const confirm = useCommand(client.people.confirmKey);
  const revoke = useCommand(client.people.revokeKey);
  const remove = useCommand(client.people.remove);
  const commands = { registerKey: register, confirmKey: confirm, revokeKey: revoke, remove };
  const { isPending, error } = commands[act];
  const perform = (onSuccess: () => void): void => {
    if (act === 'confirmKey') confirm.mutate({ person: id, key: keyId ?? '' }, { onSuccess });
    else if (act === 'remove') remove.mutate({ person: id, version }, { onSuccess });
    else (act === 'registerKey' ? register : revoke).mutate({ person: id }, { onSuccess });
  };
  return { isPending, error, perform };
};

export const ActDialog = ({ act, person, onClose }: OnPerson & { act: PersonAct }) => {
  const say = useWords();
  const announce = useAnnounce();
  const { isPending, error, perform } = useAct(act, person);
  const { name, keyId, keys } = person;
  const showsKey = act === 'registerKey' || act === 'confirmKey';
  return (
    <Question
      title={say(`people.${act}.title`, { name })}
      act={say(`people.${act}`)}
      isBusy={isPending}
      error={error}
      onClose={onClose}
      onAct={() => {
        perform(() => {
          announce(say(`people.${act}.done`, { name }));
          onClose();
        });
      }}
    >
      <p className="soft">{say(`people.${act}.text`, { name, registrar: keys[0]?.registeredBy.name ?? '' })}</p>
      {showsKey && keyId ? <FullKey id={keyId} /> : null}
    </Question>
  );
};
