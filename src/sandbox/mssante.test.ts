import { expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import nodemailer from 'nodemailer';
import { goodMail } from '../../test/mssante/good-mail.ts';
import { mssante } from './mssante.ts';

interface Settings { readonly host: string; readonly port: number; readonly notices: string; readonly tls: Record<'pfx' | 'passphrase' | 'ca', { readonly file: string }>; readonly recipients: { readonly directory: { readonly url: string; readonly apiKey: { readonly file: string } }; readonly file: { readonly file: string } } }

test('a vendor sends with what the sandbox prints: taken, judged, notices in the folder; nothing is left at the end', async () => {
  const sandbox = await mssante();
  const { host, port, tls, notices, recipients } = sandbox.settings as unknown as Settings;
  const folder = dirname(tls.pfx.file);
  const { raw, envelope: { from, to, envid, notify } } = await goodMail();
  const transport = nodemailer.createTransport({ host, port, requireTLS: true, tls: { pfx: readFileSync(tls.pfx.file), passphrase: readFileSync(tls.passphrase.file, 'utf8'), ca: readFileSync(tls.ca.file) } });
  await transport.sendMail({ raw, envelope: { from, to }, dsn: { id: envid, return: 'headers', notify, recipient: from } });
  transport.close();
  expect(sandbox.report()).toEqual({ received: 1, stored: { professional: 1 }, duplicates: [], broken: [] });
  for (let tries = 0; tries < 100 && (!existsSync(notices) || readdirSync(notices).length < 2); tries++) await new Promise((wake) => { setTimeout(wake, 20); });
  expect(readdirSync(notices)).toHaveLength(2);

  const [rapport = ''] = /http:\S+\/(?=;)/.exec(sandbox.address.slice(sandbox.address.indexOf('report'))) ?? [];
  expect(await (await fetch(rapport)).text()).toContain('XDM/1.0/DDM+');
  const [, address = '', , rpps = ''] = readFileSync(recipients.file.file, 'utf8').split('\n')[1]?.split('|') ?? [];
  const found = await fetch(`${recipients.directory.url}/Practitioner?identifier=${rpps}`, { headers: { 'ESANTE-API-KEY': readFileSync(recipients.directory.apiKey.file, 'utf8') } });
  expect(await found.text()).toContain(address);
  expect(readFileSync(join(folder, 'liste-blanche.xml'), 'utf8')).toContain(`<Nom>${address.split('@')[1] ?? ''}</Nom>`);
  await sandbox.close();
  expect(existsSync(folder)).toBe(false);
});
