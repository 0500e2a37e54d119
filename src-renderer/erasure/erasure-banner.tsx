import { useState } from 'react';
import type { CustomerId } from '#workflows/identifiers.ts';
import { Banner } from '../app/banner.tsx';
import { useOverview } from '../app/use-overview.ts';
import { Button } from '../design/button.tsx';
import { useWords } from '../words/use-words.ts';
import { ErasureDialog } from './erasure-dialog.tsx';

/** Leads those of legal who can confirm an erasure to it, wherever they are. */
export const ErasureBanner = () => {
  const say = useWords();
  const waiting = useOverview()?.erasuresToDecide ?? [];
  const [shown, setShown] = useState<CustomerId | null>(null);
  const [first] = waiting;
  return (
    <>
      {first ? (
        <Banner
          icon="person"
          tone="caution"
          acts={
            <Button
              kind="lined"
              size="small"
              onClick={() => {
                setShown(first);
              }}
            >
              {say('erasure.banner.act')}
            </Button>
          }
        >
          <b>{say('erasure.banner', { count: waiting.length })}</b> {say('erasure.banner.text')}
        </Banner>
      ) : null}
      {shown ? (
        <ErasureDialog
          key={shown}
          customer={shown}
          isOpen
          onClose={() => {
            setShown(null);
          }}
        />
      ) : null}
    </>
  );
};
