import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { consoleRoutes } from './routes.ts';

const place = mkdtempSync(join(tmpdir(), '.passerelle-console-'));
const script = 'console.log(1)';
let built: string | null = null;
let server: Server;
let address = '';

beforeAll(async () => {
  mkdirSync(join(place, 'assets'));
  writeFileSync(join(place, 'index.html'), '<meta nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__"></script>');
  writeFileSync(join(place, 'assets', 'index-a1.js'), script);
  writeFileSync(join(place, 'assets', 'index-a1.js.br'), brotliCompressSync(script));
  writeFileSync(join(place, 'assets', 'plain-b2.svg'), '<svg/>');
  writeFileSync(join(place, 'secret'), 'no');
  const app = express().use(consoleRoutes(() => built));
  app.use((_request, response) => { response.status(404).json({ error: 'not found' }); });
  await new Promise<void>((resolve) => { server = app.listen(0, '127.0.0.1', () => { resolve(); }); });
  address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(async () => { await new Promise((resolve) => { server.close(resolve); }); rmSync(place, { recursive: true }); });

describe('the console’s files', () => {
  it('says in both languages how to build it where it is not, and serves it as soon as it is', async () => {
    const before = await fetch(`${address}/`);
    expect(before.status).toBe(503);
    expect(await before.text()).toMatch(/npm run console.*npm run console/s);
    expect((await fetch(`${address}/assets/index-a1.js`)).status).toBe(404);
    built = place;
    expect((await fetch(`${address}/`)).status).toBe(200);
  });
  it.each(['/', '/messages', '/messages/0192-abc', '/held', '/audit'])('%s is the one document, never stored, with a nonce of its own', async (path) => {
    const [one, two] = [await fetch(address + path), await fetch(address + path)];
    expect(one.headers.get('cache-control')).toBe('no-store');
    expect(one.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const nonce = /'nonce-([^']+)'/.exec(one.headers.get('content-security-policy') ?? '')?.[1] ?? '';
    expect(nonce).toHaveLength(24);
    expect(two.headers.get('content-security-policy')).not.toContain(nonce);
    expect(await one.text()).toBe(`<meta nonce="${nonce}"><script nonce="${nonce}"></script>`);
  });
  it('lets no inline script and no other origin in', async () => {
    const policy = (await fetch(`${address}/`)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });
  it.each(['/unknown', '/messagesx', '/api/now', '/in/hl7v2'])('%s is not the console’s', async (path) => {
    expect((await fetch(address + path)).status).toBe(404);
  });
  it('assets are kept for ever, compressed for who takes it', async () => {
    const compressed = await fetch(`${address}/assets/index-a1.js`, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(compressed.headers.get('content-encoding')).toBe('br');
    expect(await compressed.text()).toBe(script);
    const plain = await fetch(`${address}/assets/index-a1.js`, { headers: { 'accept-encoding': 'gzip' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await fetch(`${address}/assets/plain-b2.svg`)).headers.get('content-type')).toMatch(/^image\/svg/);
  });
  it.each(['/assets/..%2fsecret', '/assets/../secret', '/assets/absent-00.js', '/assets/.making', '/assets/'])('%s is nothing', async (path) => {
    expect((await fetch(address + path)).status).toBe(404);
  });
});
