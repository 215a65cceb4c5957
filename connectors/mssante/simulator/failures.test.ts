import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openPool, sendGood, start } from '../../../test/mssante/client.ts';
import { goodMail, type Draft } from '../../../test/mssante/good-mail.ts';
import { askedBy, Script } from './failures.ts';
import type { MssSimulator } from './simulator.ts';

let simulator: MssSimulator;
beforeEach(async () => { simulator = await start(); });
afterEach(async () => { await simulator.close(); });

const to = (address: string) => (draft: Draft): void => { draft.to = [address]; draft.envelope.to = [address]; };
const good = { ok: true };

describe('a script by code', () => {
  test('451 twice, then taken', async () => {
    simulator.fail({ on: 'data', mode: 'answer', answer: '451 4.3.0 later', times: 2 });
    const codes = [];
    for (let at = 0; at < 3; at++) codes.push((await sendGood(simulator)).code);
    expect(codes).toEqual([451, 451, 250]);
    expect(simulator.received).toHaveLength(1);
  });
  test('421 at connect closes the connection', async () => {
    simulator.fail({ on: 'connect', mode: 'answer', answer: '421 4.3.2 closing', times: 1 });
    expect(await sendGood(simulator)).toMatchObject({ ok: false, code: 421 });
    expect(await sendGood(simulator)).toMatchObject(good);
    expect(simulator.connections).toBe(2);
  });
  test('452 at MAIL, a connection dropped at RCPT', async () => {
    simulator.fail({ on: 'mail', mode: 'answer', answer: '452 4.3.1 slow down', times: 1 });
    simulator.fail({ on: 'recipient', mode: 'drop', times: 1 });
    expect(await sendGood(simulator)).toMatchObject({ ok: false, code: 452 });
    expect(await sendGood(simulator)).toMatchObject({ ok: false, code: 0 });
    expect(await sendGood(simulator)).toMatchObject(good);
  });
  test('after the final dot: lost without a word, and taken without a word', async () => {
    simulator.fail({ on: 'data', mode: 'drop', times: 1 });
    expect(await sendGood(simulator)).toMatchObject({ ok: false, code: 0 });
    expect(simulator.received).toHaveLength(0);
    simulator.fail({ on: 'data', mode: 'drop-taken', times: 1 });
    expect(await sendGood(simulator)).toMatchObject({ ok: false, code: 0 });
    expect(simulator.received).toHaveLength(1);
  });
  test('slow: it waits, then says yes; others go past it', async () => {
    simulator.fail({ on: 'data', mode: 'slow', delayMs: 1500, times: 1, recipient: 'lente@hopital-a.mssante.test' });
    const slow = sendGood(simulator, to('lente@hopital-a.mssante.test'));
    expect(await sendGood(simulator, to('vive@hopital-a.mssante.test'))).toMatchObject(good);
    expect(await slow).toMatchObject(good);
    expect(simulator.received.map(({ envelope }) => envelope.recipients[0]?.address)).toEqual(['vive@hopital-a.mssante.test', 'lente@hopital-a.mssante.test']);
  });
  test('only for one recipient; a connection lives on after a refusal', async () => {
    simulator.fail({ on: 'recipient', mode: 'answer', answer: '550 5.1.1 gone', times: 9, recipient: 'Parti@hopital-a.mssante.test' });
    const pool = openPool(simulator);
    expect(await pool.send(await goodMail(to('parti@hopital-a.mssante.test')))).toMatchObject({ ok: false, code: 550 });
    expect(await pool.send(await goodMail())).toMatchObject(good);
    pool.close();
    expect(simulator.connections).toBe(1);
  });
});

describe('a script by address', () => {
  test.each([['sim-450@x.mssante.test', [450, 250]], ['dr.sim-451x2@x.mssante.test', [451, 451, 250]], ['sim-421@x.mssante.test', [421, 250]], ['sim-550@x.mssante.test', [550, 550]], ['sim-554@x.mssante.test', [554, 554]]])('%s: %j', async (address, expected) => {
    const codes = [];
    for (const _ of expected) codes.push((await sendGood(simulator, to(address))).code);
    expect(codes).toEqual(expected);
  });
  test('sim-drop and sim-droptaken, once each', async () => {
    expect((await sendGood(simulator, to('sim-drop@x.mssante.test'))).ok).toBe(false);
    expect(simulator.received).toHaveLength(0);
    expect((await sendGood(simulator, to('sim-droptaken@x.mssante.test'))).ok).toBe(false);
    expect(simulator.received).toHaveLength(1);
    expect((await sendGood(simulator, to('sim-droptaken@x.mssante.test'))).ok).toBe(true);
  });
  test('an ordinary address asks for nothing', () => {
    for (const one of ['camille.simon@x.mssante.test', 'sim-999@x.mssante.test', 'simx-450@x.mssante.test', 'a@sim-450.mssante.test']) expect(askedBy(one)).toBeNull();
    expect(askedBy('sim-slow@x.mssante.test')).toMatchObject({ on: 'data', mode: 'slow', delayMs: 2000 });
  });
  test('a script plays what it was given, so many times, in order', () => {
    const script = new Script();
    script.add({ on: 'data', mode: 'drop', times: 1 });
    script.add({ on: 'data', mode: 'slow', times: 1 });
    expect([script.next('mail', []), script.next('data', [])?.mode, script.next('data', [])?.mode, script.next('data', [])]).toEqual([null, 'drop', 'slow', null]);
  });
});
