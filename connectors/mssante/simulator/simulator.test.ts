import { afterEach, expect, test } from '@jest/globals';
import { client, pki, send, sendGood, start } from '../../../test/mssante/client.ts';
import { goodMail, recipient, sender } from '../../../test/mssante/good-mail.ts';
import type { MssSimulator } from './simulator.ts';

let simulator: MssSimulator;
afterEach(async () => { await simulator.close(); });

test.each([['STARTTLS', false], ['implicit TLS', true]])('a good mail is taken and keeps every rule, %s', async (_, implicit) => {
  simulator = await start();
  expect(await send(simulator, await goodMail(), { implicit })).toMatchObject({ ok: true, said: expect.stringMatching(/^250 2\.0\.0 Ok: queued/) as unknown });
  const [mail] = simulator.mailbox(recipient);
  expect(mail?.verdicts.filter(({ state }) => state === 'broken').map(({ rule, places }) => [rule.id, places])).toEqual([]);
  expect(mail).toMatchObject({ from: sender, messageId: '<0190-1@labo-b.mssante.test>', envelope: { envid: 'abc-1', ret: 'HDRS', recipients: [{ address: recipient, notify: ['SUCCESS', 'FAILURE', 'DELAY'] }] } });
});
