import '@mantine/core/styles.css';
import '@mantine/charts/styles.css';
import './styles.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { ApiFault } from './api/client.ts';
import { Console } from './console.tsx';
import { soon } from './pages.tsx';
import { theme, variables } from './theme.ts';
import { LanguageProvider } from './words/language.tsx';

/** The content security policy lets style elements in by this answer's nonce only (src/operate/console/routes.ts). */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
// What locks the page's scrolling behind a dialog asks for it by this name (npm: get-nonce).
Object.assign(globalThis, { __webpack_nonce__: nonce });

const refused = (error: unknown): boolean => error instanceof ApiFault && error.status >= 400 && error.status < 500;
const client = new QueryClient({ defaultOptions: { queries: { staleTime: 2000, gcTime: 60_000, refetchOnWindowFocus: false, retry: (count, error) => !refused(error) && count < 2 } } });

soon(window.location.pathname);
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no root');
createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <MantineProvider theme={theme} cssVariablesResolver={variables} getStyleNonce={() => nonce} defaultColorScheme="auto">
        <QueryClientProvider client={client}>
          <BrowserRouter><Console /></BrowserRouter>
        </QueryClientProvider>
      </MantineProvider>
    </LanguageProvider>
  </StrictMode>,
);
