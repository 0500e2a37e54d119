import { useCallback, useId, useMemo, useRef, useState } from 'react';
import { errorInWords, needsPassphrase, toDeskError } from '../api/errors.ts';
import { useConnection } from '../api/live.tsx';
import { useAnnounce } from '../app/announcer.tsx';
import { useOfferActs } from '../app/screen-acts.tsx';
import { Button } from '../design/button.tsx';
import { useSigning } from '../publishing/use-signing.tsx';
import { useWords } from '../words/use-words.ts';
import { VersionActPanel } from './version-act-panel.tsx';
import type { ActInput, VersionOffer } from './version-offers.ts';

/** What concerns the passphrase is said at its field. */
const isAboutPassphrase = (error: unknown): boolean => {
  const { code, reason } = toDeskError(error);
  return needsPassphrase(error) || code === 'RATE_LIMITED' || reason === 'wrongPassphrase';
};

/** At the foot, always in one place: how the version stands, and what this person may do to it. */
export const VersionBar = ({ offers, says }: { offers: readonly VersionOffer[]; says: string }) => {
  const say = useWords();
  const announce = useAnnounce();
  const { isOnline } = useConnection();
  const signing = useSigning();
  const [wanted, setWanted] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const formId = useId();
  // An act that has become impossible meanwhile is not asked about any more.
  const chosen = offers.find(({ id }) => id === wanted) ?? null;

  const close = useCallback(() => {
    setWanted(null);
    setReason('');
    setProblem(null);
    signing.reset();
    opener.current?.focus();
  }, [signing]);

  const perform = useCallback(
    async (offer: VersionOffer, input: ActInput) => {
      setBusy(offer.id);
      try {
        await offer.run(input);
        if (offer.done !== null) announce(offer.done);
        setWanted(null);
        setReason('');
        setProblem(null);
        signing.reset();
      } catch (error) {
        if (isAboutPassphrase(error)) signing.takeError(error);
        else setProblem(errorInWords(say, error));
      } finally {
        setBusy(null);
      }
    },
    [announce, signing, say],
  );

  const choose = useCallback(
    (offer: VersionOffer) => {
      opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      setProblem(null);
      setReason('');
      if (offer.form) setWanted(offer.id);
      else void perform(offer, { reason: '' });
    },
    [perform],
  );

  const offline = isOnline ? null : say('refusal.offline');
  const missing = ({ form }: VersionOffer): string | null => {
    if (offline) return offline;
    if (form?.needsReason && reason.trim() === '') return say('refusal.reasonNeeded');
    return form?.isSigned && !signing.isReady ? say('refusal.passphraseNeeded') : null;
  };
  const submit = (): void => {
    if (chosen && missing(chosen) === null && busy === null)
      void perform(chosen, { reason: reason.trim(), ...signing.input });
  };

  const offered = useMemo(
    () =>
      offers.map((offer) => ({
        id: offer.id,
        label: offer.label,
        keys: offer.keys,
        whyNot: offer.act === 'edit' ? null : offline,
        run: () => {
          choose(offer);
        },
      })),
    [offers, choose, offline],
  );
  useOfferActs('version', offered);

  const primary = chosen ?? offers.find(({ isPrimary }) => isPrimary) ?? null;
  const others = offers.filter(({ id }) => id !== primary?.id);
  return (
    <>
      {chosen ? (
        <VersionActPanel
          offer={chosen}
          reason={reason}
          signing={signing}
          problem={problem}
          formId={formId}
          onReason={setReason}
          onSubmit={submit}
          onCancel={close}
        />
      ) : null}
      <footer className="bar no-print">
        <p role={problem && !chosen ? 'alert' : undefined} className={problem && !chosen ? 'bad' : ''}>
          {problem && !chosen ? problem : says}
        </p>
        {others.map((offer) => (
          <Button
            key={offer.id}
            kind={primary === null && offer.act === 'edit' ? 'lined' : 'plain'}
            whyNot={offer.act === 'edit' ? null : offline}
            isBusy={busy === offer.id}
            aria-keyshortcuts={offer.keys}
            onClick={() => {
              choose(offer);
            }}
          >
            {offer.label}
          </Button>
        ))}
        {primary ? (
          <Button
            key="primary"
            kind="primary"
            {...(chosen ? { type: 'submit' as const, form: formId } : {})}
            whyNot={chosen ? missing(chosen) : offline}
            isBusy={busy === primary.id}
            aria-keyshortcuts={primary.keys}
            onClick={
              chosen
                ? undefined
                : (event) => {
                    // It becomes the button that confirms while it is being pressed: this press must not confirm.
                    event.preventDefault();
                    choose(primary);
                  }
            }
          >
            {primary.label}
          </Button>
        ) : null}
      </footer>
    </>
  );
};
