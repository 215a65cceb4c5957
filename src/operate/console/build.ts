import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'vite';
import { appFolder, builtConsole, builtFolder, sourcesDigest } from './place.ts';

/** Stands in index.html where each answer has its own nonce (routes.ts). */
const noncePlace = '__CSP_NONCE__';
/** Smaller files gain nothing by compression. */
const worthCompressing = 2048;

// Whoever starts this, tests among them, gets the libraries as they are for production.
process.env.NODE_ENV = 'production';

// `npm run console`, and what `start` runs in a checkout, in a process of its own: Vite's memory is not the gateway's.
if (builtConsole() === null) {
  mkdirSync(builtFolder, { recursive: true });
  const before = readdirSync(builtFolder).filter((name) => !name.startsWith('.'));
  const making = mkdtempSync(join(builtFolder, '.making-'));
  await build({
    root: appFolder, configFile: false, logLevel: 'error', mode: 'production',
    html: { cspNonce: noncePlace },
    // Nothing inline: the content security policy takes files of this origin only.
    build: { outDir: making, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: 'es2023', chunkSizeWarningLimit: 1000, reportCompressedSize: false },
  });
  const assets = join(making, 'assets');
  for (const name of readdirSync(assets)) {
    const bytes = readFileSync(join(assets, name));
    if (bytes.length > worthCompressing) writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  }
  try {
    renameSync(making, join(builtFolder, sourcesDigest()));
    for (const name of before) rmSync(join(builtFolder, name), { recursive: true, force: true });
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another process built the same sources meanwhile.
    if (builtConsole() === null) throw error;
  }
}
