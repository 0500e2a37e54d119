import { MantineProvider } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { useLayoutEffect, type ReactNode } from 'react';
import { styleNonce } from '../design/nonce.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { cssVariables, theme } from './theme.ts';

/** Light or dark, as the person or their system prefers. */
export const ThemeProvider = ({ children }: { children: ReactNode }) => {
  const { theme: wanted } = usePreferences();
  const system = useColorScheme('light', { getInitialValueInEffect: false });
  const scheme = wanted === 'system' ? system : wanted;
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = scheme;
  }, [scheme]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      forceColorScheme={scheme}
      getStyleNonce={() => styleNonce}
    >
      {children}
    </MantineProvider>
  );
};
