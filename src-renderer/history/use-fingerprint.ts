import { useEffect, useState } from 'react';
import { toHex } from '#workflows/journal/bytes.ts';

/** The SHA-256 of a text's bytes (UTF-8), in hex, calculated in this window; `null` until it is. */
export const useFingerprint = (source: string): string | null => {
  const [made, setMade] = useState<{ source: string; hash: string } | null>(null);
  useEffect(() => {
    let isWanted = true;
    void import('../witness/browser-crypto.ts').then(({ browserCrypto }) => {
      if (isWanted) setMade({ source, hash: toHex(browserCrypto.sha256(new TextEncoder().encode(source))) });
    });
    return () => {
      isWanted = false;
    };
  }, [source]);
  return made?.source === source ? made.hash : null;
};
