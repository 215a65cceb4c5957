import { afterEach, expect, test } from '@jest/globals';

const held = { fetch: globalThis.fetch, listen: Reflect.get(globalThis, 'addEventListener') as unknown };
afterEach(() => { globalThis.fetch = held.fetch; Reflect.set(globalThis, 'addEventListener', held.listen); });

/** As the console's page: what it asks with nobody at it says so, which keeps no session open (`x-passive`). */
test('what a page asks by itself is passive; what follows a touch is not', async () => {
  const touch: (() => void)[] = [];
  const passive: (string | undefined)[] = [];
  Reflect.set(globalThis, 'addEventListener', (_what: string, heard: () => void) => { touch.push(heard); });
  globalThis.fetch = (_path, init) => { passive.push((init?.headers as Record<string, string>)['x-passive']); return Promise.resolve(new Response('{}')); };
  const file = './app/api/client.ts';
  const { get, open, act } = await import(file) as { get: (path: string) => Promise<unknown>; open: (path: string, signal: AbortSignal) => Promise<unknown>; act: (method: string, path: string) => Promise<unknown> };
  await get('/api/now');
  await get('/api/now');
  await open('/api/messages/live', new AbortController().signal);
  touch[0]?.();
  await get('/api/messages');
  await get('/api/now');
  await act('POST', '/api/x');
  expect(passive).toEqual([undefined, '1', '1', undefined, '1', undefined]);
});
