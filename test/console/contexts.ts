import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Filled } from './filled.ts';
import type { ConsoleGateway } from './gateway.ts';
import type { PageCase, Role } from './pages.ts';

export interface Suite { readonly browser: Browser; readonly gateway: ConsoleGateway; readonly filled: Filled }
export interface Look { readonly language?: 'fr' | 'en'; readonly width?: number; readonly dark?: boolean }

/** A page that is not there by then has failed; said by what was waited for. */
const waitMs = 8000;

/** A browser of somebody's own: signed in, in a language, of a size. */
export async function contextOf({ browser, gateway }: Suite, role: Role | null, { language = 'fr', width = 1280, dark = false }: Look = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light', locale: language === 'fr' ? 'fr-FR' : 'en-GB', timezoneId: 'Europe/Paris', baseURL: gateway.address, reducedMotion: 'reduce' });
  context.setDefaultTimeout(waitMs);
  if (role !== null) { const { name, value } = gateway.people[role].cookie; await context.addCookies([{ name, value, url: gateway.address, httpOnly: true, sameSite: 'Strict' }]); }
  // The choice a click on « English » keeps; the interface of it is tried by itself (keyboard.ts).
  if (language === 'en') await context.addInitScript(() => { localStorage.setItem('passerelle-language', 'en'); });
  return context;
}

/** A page that remembers what its browser complained of: errors, and what the content security policy stopped. */
export async function openPage(context: BrowserContext): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (said) => { if (said.type() === 'error' || said.type() === 'warning') complaints.push(said.text()); });
  page.on('pageerror', (error) => { complaints.push(error.message); });
  return { page, complaints };
}

export const addressOf = ({ filled }: Suite, { path }: PageCase): string => path.replace(':trace', filled.trace).replace(':replay', String(filled.replay));
