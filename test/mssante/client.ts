import nodemailer from 'nodemailer';
import { testPki, type TestIdentity } from '../../src/sandbox/pki.ts';
import { startMssSimulator, type MssSimulator, type MssSimulatorSettings } from '../../connectors/mssante/simulator/simulator.ts';
import { goodMail, type Draft } from './good-mail.ts';

export const pki = testPki('AC de test IGC-Sante', Date.now());
export const server = pki.issue('server', 'smtp.operateur-test.mssante.test');
export const client = pki.issue('client', 'lis.labo-b.test');

export const start = (settings: Omit<MssSimulatorSettings, 'tls'> & { revoked?: readonly string[] } = {}): Promise<MssSimulator> =>
  startMssSimulator({ ...settings, tls: { cert: server.cert, key: server.key, ca: pki.ca, ...(settings.revoked === undefined ? {} : { revoked: settings.revoked }) } });

export interface Sent { readonly ok: boolean; readonly code: number; readonly said: string }

/** A plain SMTP client: sends one mail, says what the server said. */
export async function send(simulator: MssSimulator, mail: { raw: Buffer; envelope: Draft['envelope'] }, how: { identity?: TestIdentity | null; implicit?: boolean; auth?: object } = {}): Promise<Sent> {
  const { identity = client, implicit = false, auth } = how;
  const transport = nodemailer.createTransport({
    host: simulator.host, port: implicit ? simulator.ports.implicit : simulator.ports.starttls, secure: implicit, requireTLS: !implicit,
    tls: { ca: pki.ca, servername: 'localhost', ...(identity === null ? {} : { cert: identity.cert, key: identity.key }) }, ...auth,
  });
  const { from, to, envid, notify } = mail.envelope;
  try {
    const { response } = await transport.sendMail({ envelope: { from, to }, raw: mail.raw, ...(notify.length === 0 ? {} : { dsn: { id: envid, return: 'headers', notify, recipient: from } }) });
    return { ok: true, code: 250, said: response };
  } catch (error) {
    const { responseCode = 0, message } = error as Error & { responseCode?: number };
    return { ok: false, code: responseCode, said: message };
  } finally { transport.close(); }
}

export const sendGood = async (simulator: MssSimulator, spoil?: (draft: Draft) => void): Promise<Sent> => send(simulator, await goodMail(spoil));
