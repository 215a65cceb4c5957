import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Request, Response } from 'express';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cookieJar } from './cookies.ts';
import { streamEvents } from './events.ts';
import { withinScope } from './guard.ts';
import { Limits } from './limits.ts';
import { objectsOf } from './router.ts';

test('a pace is held over any time: never more than the burst and what the time gives', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20 }), fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 200 }), (perSecond, burst, gaps) => {
    let now = 0, passed = 0;
    const limits = new Limits({ perSecond, burst }, () => now);
    for (const gap of gaps) { now += gap; if (limits.enter('one') === 0) passed++; }
    expect(passed).toBeLessThanOrEqual(burst + Math.ceil(now * perSecond / 1000));
    // And whoever waits what is said passes.
    const wait = limits.enter('one');
    if (wait > 0) { now += Math.ceil(wait); expect(limits.enter('one')).toBe(0); }
  }));
});

test('many keys do not fill the memory, nor reset each other', () => {
  let now = 0;
  const limits = new Limits({ perSecond: 1, burst: 1 }, () => now, 10);
  expect(limits.enter('mine')).toBe(0);
  const passed = Array.from({ length: 1000 }, (_, i) => limits.enter(`key ${i}`)).filter((wait) => wait === 0);
  // Nine more are kept apart, the others share one pace.
  expect(passed).toHaveLength(10);
  expect(limits.enter('mine')).toBe(1000);
  now = 1000;
  expect([limits.enter('mine'), limits.enter('another')]).toEqual([0, 0]);
});

test('cookies: bound to this host over TLS off loopback, told apart by port on it', () => {
  const set: string[] = [];
  const response = { append: (_name: string, value: string) => { set.push(value); } } as unknown as Response;
  const request = { socket: { localPort: 8080 }, headers: { cookie: 'other=1; session-8080=here; __Host-session=there; session-8081=elsewhere' } } as unknown as Request;
  const [plain, secure] = [cookieJar(request, response, false), cookieJar(request, response, true)];
  expect([plain.get('session'), secure.get('session'), plain.get('none')]).toEqual(['here', 'there', undefined]);
  plain.set('session', 'x');
  secure.set('session', 'x');
  secure.set('openid', null, 'Lax');
  expect(set).toEqual(['session-8080=x; Path=/; HttpOnly; SameSite=Strict', '__Host-session=x; Path=/; HttpOnly; SameSite=Strict; Secure', '__Host-openid=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0']);
});

test('a destination is seen, but not acted on as a whole, by an account of some sources', () => {
  const path = { path: '/api/destinations/:name/pause', role: 'operator', summary: { fr: '', en: '' }, answer: 'nothing', scope: { destination: 'name' } } as const;
  const caller = (sources: string[] | null) => ({ account: 'lea', role: 'operator' as const, organisation: null, scope: { sources, destinations: ['region'] } });
  withinScope({ ...path, method: 'POST' }, { name: 'region' }, caller(null));
  withinScope({ ...path, method: 'GET' }, { name: 'region' }, caller(['lab']));
  expect(() => { withinScope({ ...path, method: 'POST' }, { name: 'region' }, caller(['lab'])); }).toThrow(expect.objectContaining({ code: 'api.whole-destination' }));
  expect(() => { withinScope({ ...path, method: 'POST' }, { name: 'dmp' }, caller(['lab'])); }).toThrow(expect.objectContaining({ code: 'api.not-found' }));
});

test('what a path names, by what it is', () => {
  expect(objectsOf('/api/messages/:trace/reveal', { trace: 't' })).toEqual({ message: 't' });
  expect(objectsOf('/api/deliveries/:id/release', { id: '7' })).toEqual({ delivery: '7' });
  expect(objectsOf('/api/saved-searches/:id', { id: 'x' })).toEqual({ 'saved-search': 'x' });
  expect(objectsOf('/api/now', {})).toEqual({});
});

test('a stream ends when the session does, and its source is told', async () => {
  let alive = true, returned = false;
  async function* forever() { try { yield 1; await new Promise(() => undefined); } finally { returned = true; } }
  const source = forever();
  const server = createServer((_request, raw) => {
    const response = Object.assign(raw, { status: () => raw, set: (headers: Record<string, string>) => { for (const [name, value] of Object.entries(headers)) raw.setHeader(name, value); return raw; } }) as unknown as Response;
    const gone = new AbortController();
    raw.once('close', () => { gone.abort(); });
    void streamEvents(response, { [Symbol.asyncIterator]: () => ({ next: () => source.next(), return: () => { returned = true; return Promise.resolve({ done: true as const, value: undefined }); } }) }, () => alive, gone.signal, { beatMs: 10, lookMs: 20 });
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  setTimeout(() => { alive = false; }, 30);
  expect(await answer.text()).toMatch(/^data: 1\n\n(:\n\n)*$/);
  await new Promise((done) => { server.close(done); });
  expect(returned).toBe(true);
});
