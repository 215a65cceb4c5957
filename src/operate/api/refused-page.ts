import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { problemOf, statusOf, type ApiFault } from './fault.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** A browser that goes there by itself, and not a program of ours: it shows what it gets to a person. */
export const wantsPage = (request: Request): boolean => request.accepts(['application/problem+json', 'text/html']) === 'text/html';

/** A refusal as a page, in French and then in English: what, what to do, and the way back. No script, nothing from elsewhere. */
export function sendRefusedPage(response: Response, fault: ApiFault): void {
  const nonce = randomBytes(16).toString('base64');
  const part = (language: 'fr' | 'en', back: string): string => {
    const { title, detail, advice } = problemOf(fault, language);
    return `<section lang="${language}"><h1>${escaped(title)}</h1><p>${escaped(detail)}</p><p>${escaped(advice ?? '')}</p><p><a href="/">${back}</a></p></section>`;
  };
  if (fault.retryAfter !== undefined) response.set('Retry-After', String(fault.retryAfter));
  response.status(statusOf(fault)).set({ 'Cache-Control': 'no-store', 'Content-Security-Policy': `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'` }).type('html').send(
    `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Passerelle – connexion refusée</title>
<style nonce="${nonce}">body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:10vh auto;padding:0 1rem;color:#1a1a1a;background:#fff}h1{font-size:1.4rem}section+section{margin-top:2rem;padding-top:1rem;border-top:1px solid #767676}a{color:#0b4f9e}</style></head>
<body><main>${part('fr', 'Revenir à la page de connexion')}${part('en', 'Back to the sign-in page')}<p><code>${escaped(fault.code)}</code></p></main></body></html>`);
}
