import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sendGood, start } from '../../../test/mssante/client.ts';
import { openPages } from './pages.ts';
import type { MssSimulator } from './simulator.ts';

let simulator: MssSimulator;
let pages: Awaited<ReturnType<typeof openPages>>;
beforeEach(async () => { simulator = await start({ gate: 'open' }); pages = await openPages(simulator); });
afterEach(async () => { await pages.close(); await simulator.close(); });

const get = async (path: string): Promise<{ status: number; text: string; headers: Headers }> => { const answer = await fetch(new URL(path, pages.url)); return { status: answer.status, text: await answer.text(), headers: answer.headers }; };
const post = async (path: string, body: unknown): Promise<number> => (await fetch(new URL(path, pages.url), { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })).status;
const script = '<script>alert(1)</script>';

test('the index and the report of a mail: French first, every value escaped, nothing to run', async () => {
  await sendGood(simulator, (draft) => { draft.subject = script; draft.headers.push(['X-MSS-<img src=x>', 'x']); });
  for (const path of ['/', '/mails/1']) {
    const { status, text, headers } = await get(path);
    expect(status).toBe(200);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toMatch(/<script|<img|onerror=|javascript:/i);
    expect(text).toMatch(/^<!doctype html><html lang="fr">/);
    expect(headers.get('content-security-policy')).toContain('default-src \'none\'');
  }
  expect((await get('/mails/1')).text).toMatch(/enfreinte \/ broken/);
});
test('the same as JSON, the bytes, the counts', async () => {
  await sendGood(simulator);
  const mail = JSON.parse((await get('/mails/1.json')).text) as { failed: string[]; verdicts: { id: string; state: string }[] };
  expect(mail.failed).toEqual([]);
  expect(mail.verdicts).toContainEqual(expect.objectContaining({ id: 'nil', state: 'kept', severity: 'error' }));
  expect(Buffer.from((await get('/mails/1.eml')).text).includes('X-MSS-NIL: 12345')).toBe(true);
  expect(JSON.parse((await get('/report.json')).text)).toMatchObject({ arrivals: 1, connections: 1 });
});
test('the script by HTTP: a failure, a notice, a fresh start', async () => {
  expect(await post('/_control/fail', { on: 'data', mode: 'answer', answer: '451 4.3.0 later', times: 1 })).toBe(200);
  expect(await sendGood(simulator)).toMatchObject({ code: 451 });
  await sendGood(simulator);
  expect(await post('/_control/notify', { mail: 1, kind: 'mdn-processed' })).toBe(200);
  expect(await post('/_control/notify', { mail: 1, kind: 'mdn-displayed', delayMs: 60_000 })).toBe(200);
  expect(simulator.received[0]?.notices.map(({ kind }) => kind)).toEqual(['mdn-processed']);
  expect(await post('/_control/reset', {})).toBe(200);
  expect(simulator.received).toHaveLength(0);
});
test('what it cannot do it says', async () => {
  expect((await get('/mails/9')).status).toBe(404);
  for (const [path, body] of [['/_control/fail', { on: 'lundi' }], ['/_control/fail', 'rien'], ['/_control/notify', { mail: 9, kind: 'mdn-processed' }], ['/_control/notify', { mail: 1, kind: 'fleurs' }]] as const) expect(await post(path, body)).toBe(400);
  expect(await post('/_control/autre', {})).toBe(404);
});
