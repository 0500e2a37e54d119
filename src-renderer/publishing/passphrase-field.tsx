import type { Ref } from 'react';
import { useSession } from '../app/session.tsx';
import { TextField } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';
import type { Signing } from './use-signing.tsx';

/** Asks for the passphrase, or says that it is still remembered. */
export const PassphraseField = ({ signing, ref }: { signing: Signing; ref?: Ref<HTMLInputElement> | undefined }) => {
  const say = useWords();
  const { practicePassphrase } = useSession().session;
  if (signing.rememberedUntil) {
    return (
      <p className="label state" style={{ whiteSpace: 'normal' }}>
        <Icon name="key" size="small" />
        {say('sign.remembered', { at: say.clock(signing.rememberedUntil) })}
      </p>
    );
  }
  return (
    <TextField
      label={say('sign.passphrase')}
      type="password"
      autoComplete="current-password"
      value={signing.passphrase}
      onChange={(event) => {
        signing.setPassphrase(event.currentTarget.value);
      }}
      problem={signing.problem}
      hint={practicePassphrase ? say('sign.practice', { passphrase: practicePassphrase }) : undefined}
      ref={ref}
    />
  );
};
