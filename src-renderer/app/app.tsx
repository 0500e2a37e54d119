import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { createQueryClient } from '../api/query-client.ts';
import { LiveUpdates } from '../api/live.tsx';
import { AnnouncerProvider } from './announcer.tsx';
import { createDeskRouter } from './router.tsx';
import { ThemeProvider } from '../theme/theme-provider.tsx';
import { WordsProvider } from '../words/words-provider.tsx';

/** The whole program as a person sees it. */
export const App = () => {
  const [queries] = useState(createQueryClient);
  const [router] = useState(createDeskRouter);
  return (
    <QueryClientProvider client={queries}>
      <ThemeProvider>
        <WordsProvider>
          <LiveUpdates>
            <AnnouncerProvider>
              <RouterProvider router={router} />
            </AnnouncerProvider>
          </LiveUpdates>
        </WordsProvider>
      </ThemeProvider>
    </QueryClientProvider>
  );
};
