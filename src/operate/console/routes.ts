import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Router, type Request, type Response } from 'express';
import { isPage } from './paths.ts';
import { builtConsole } from './place.ts';

/** RFC 8246: names of assets carry their content's hash. */
const forever = 'public, max-age=31536000, immutable';
const assetName = /^[\w-]+(\.[\w-]+)*\.(js|css|svg|png|woff2)$/;

/** Scripts and styles are files of this origin; the component library's own style elements carry the answer's nonce. */
const policy = (nonce: string): string => [
  "default-src 'none'", "script-src 'self'", `style-src 'self' 'nonce-${nonce}'`, "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
  "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join('; ');

/** RFC 9110 §12.5.3, as browsers write it. */
const takesBrotli = (request: Request): boolean => (request.get('accept-encoding') ?? '').split(',').some((one) => one.trim() === 'br');

/**
 * The console: its pages under `/`, each the same document, and what they load under `/assets`. To be mounted after the API.
 * `find` says where it is built; its first answer that is one is kept, as what is served does not change under a browser.
 */
export function consoleRoutes(find: () => string | null = builtConsole): Router {
  const router = Router();
  let kept: string | null = null;
  const built = (): string | null => (kept ??= find());

  router.get('/assets/:name', (request, response, next) => {
    const root = join(built() ?? '', 'assets');
    const { name } = request.params;
    if (kept === null || !assetName.test(name)) { next(); return; }
    const compressed = takesBrotli(request) && existsSync(join(root, `${name}.br`));
    response.set('Cache-Control', forever).set('Vary', 'Accept-Encoding').type(extname(name));
    if (compressed) response.set('Content-Encoding', 'br');
    response.sendFile(compressed ? `${name}.br` : name, { root, cacheControl: false, etag: false }, (error) => { if (error !== undefined && !response.headersSent) response.sendStatus(404); });
  });
  router.get('/{*page}', (request, response, next) => {
    if (isPage(request.path)) page(response, built()); else next();
  });
  return router;
}

function page(response: Response, folder: string | null): void {
  response.set('Cache-Control', 'no-store').type('html');
  if (folder === null) {
    response.status(503).send('<!doctype html><html lang="fr"><title>Passerelle</title><p>La console n’est pas construite : lancez « npm run console ».</p><p lang="en">The console is not built: run "npm run console".</p></html>');
    return;
  }
  const nonce = randomBytes(16).toString('base64');
  response.set('Content-Security-Policy', policy(nonce)).send(readFileSync(join(folder, 'index.html'), 'utf8').replaceAll('__CSP_NONCE__', nonce));
}
