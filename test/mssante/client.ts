import nodemailer from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js';
import { testPki, type TestIdentity } from '../../src/sandbox/pki.ts';
import { startMssSimulator, type MssSimulator, type MssSimulatorSettings } from '../../connectors/mssante/simulator/simulator.ts';
import { goodMail, type Draft } from './good-mail.ts';

export const pki = testPki('AC de test IGC-Sante', Date.now());
export const server = pki.issue('server', 'smtp.operateur-test.mssante.test');
export const client = pki.issue('client', 'lis.labo-b.test');

export const start = (settings: Omit<MssSimulatorSettings, 'tls'> & { revoked?: readonly string[] } = {}): Promise<MssSimulator> =>
  startMssSimulator({ ...settings, tls: { cert: server.cert, key: server.key, ca: pki.ca, ...(settings.revoked === undefined ? {} : { revoked: settings.revoked }) } });

export interface Sent { readonly ok: boolean; readonly code: number; readonly said: string }

interface How { readonly identity?: TestIdentity | null; readonly implicit?: boolean; readonly auth?: object; readonly pool?: boolean }

/** One connection for many mails. */
export interface Pool { send(mail: { raw: Buffer; envelope: Draft['envelope'] }): Promise<Sent>; close(): void }
export function openPool(simulator: MssSimulator, { identity = client, implicit = false, auth, pool = true }: How = {}): Pool {
  const transport = nodemailer.createTransport({
    host: simulator.host, port: implicit ? simulator.ports.implicit : simulator.ports.starttls, secure: implicit, requireTLS: !implicit, ...(pool ? { pool: true, maxConnections: 1 } : {}),
    tls: { ca: pki.ca, servername: 'localhost', ...(identity === null ? {} : { cert: identity.cert, key: identity.key }) }, ...auth,
  } as SMTPPool.Options);
  return {
    close: () => { transport.close(); },
    send: async ({ raw, envelope: { from, to, envid, notify } }) => {
      try {
        const { response } = await transport.sendMail({ envelope: { from, to }, raw, ...(notify.length === 0 ? {} : { dsn: { id: envid, return: 'headers', notify, recipient: from } }) });
        return { ok: true, code: 250, said: response };
      } catch (error) {
        const { responseCode = 0, message } = error as Error & { responseCode?: number };
        return { ok: false, code: responseCode, said: message };
      }
    },
  };
}

/** A plain SMTP client: sends one mail, says what the server said. */
export async function send(simulator: MssSimulator, mail: { raw: Buffer; envelope: Draft['envelope'] }, how: How = {}): Promise<Sent> {
  const one = openPool(simulator, { ...how, pool: false });
  try { return await one.send(mail); } finally { one.close(); }
}

export const sendGood = async (simulator: MssSimulator, spoil?: (draft: Draft) => void): Promise<Sent> => send(simulator, await goodMail(spoil));
