import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SmtpFailure } from './failures.ts';
import { noticeKinds, type NoticeKind, type NoticeOptions } from './notice.ts';
import { indexPage, mailPage } from './page.ts';
import type { MssSimulator } from './simulator.ts';
import type { Received } from './store.ts';

const most = 1 << 16;

async function json(request: IncomingMessage): Promise<Record<string, unknown> | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) { size += (chunk as Buffer).length; if (size > most) return null; chunks.push(chunk as Buffer); }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : null;
  } catch { return null; }
}

const answer = (response: ServerResponse, status: number, type: string, body: string | Buffer): void => {
  response.writeHead(status, { 'content-type': type, 'content-security-policy': 'default-src \'none\'; style-src \'unsafe-inline\'', 'x-content-type-options': 'nosniff' }).end(body);
};
const asJson = (response: ServerResponse, status: number, body: unknown): void => { answer(response, status, 'application/json', JSON.stringify(body, null, 2)); };

const shown = ({ raw: _, verdicts, notices, ...rest }: Received): object => ({
  ...rest, notices: notices.map(({ kind, to, messageId }) => ({ kind, to, messageId })),
  verdicts: verdicts.map(({ rule: { id, source, severity, fr, en }, state, places }) => ({ id, source, severity, state, fr, en, places })),
});

function failureOf(body: Record<string, unknown>): SmtpFailure | null {
  const { on, mode, times = 1, answer: said, delayMs, recipient } = body;
  const good = ['connect', 'mail', 'recipient', 'data'].includes(String(on)) && ['answer', 'drop', 'drop-taken', 'slow'].includes(String(mode)) && typeof times === 'number' && (said === undefined || (typeof said === 'string' && /^[45]\d\d .+/.test(said)));
  return good ? { on: on as SmtpFailure['on'], mode: mode as SmtpFailure['mode'], times, ...(typeof said === 'string' ? { answer: said } : {}), ...(typeof delayMs === 'number' ? { delayMs } : {}), ...(typeof recipient === 'string' ? { recipient } : {}) } : null;
}

/**
 * The report in a browser: `/`, `/mails/n`, `.json`, `.eml`, `/report.json`; and the script: `POST /_control/fail` (an
 * SmtpFailure), `/_control/notify` (`{mail, kind, about?, twice?, delayMs?}`), `/_control/reset`. On loopback only.
 */
export async function openPages(simulator: MssSimulator, port = 0): Promise<{ readonly url: string; close(): Promise<void> }> {
  const late = new Set<NodeJS.Timeout>();

  const control = async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await json(request);
    if (path === '/_control/reset') { simulator.reset(); asJson(response, 200, {}); return; }
    if (body === null) { asJson(response, 400, { fr: 'un objet JSON est attendu', en: 'a JSON object is expected' }); return; }
    if (path === '/_control/fail') {
      const failure = failureOf(body);
      if (failure === null) { asJson(response, 400, { fr: 'on, mode, times et answer (« 451 4.3.0 … ») : voir le README', en: 'on, mode, times and answer ("451 4.3.0 …"): see the README' }); return; }
      simulator.fail(failure);
      asJson(response, 200, failure);
    } else if (path === '/_control/notify') {
      const mail = simulator.received.find(({ number }) => number === body.mail);
      if (mail === undefined || !noticeKinds.includes(body.kind as NoticeKind)) { asJson(response, 400, { fr: `mail : un numéro reçu ; kind : ${noticeKinds.join(', ')}`, en: `mail: a number received; kind: ${noticeKinds.join(', ')}` }); return; }
      const { about, twice } = body;
      const go = (): void => { simulator.notify(body.kind as NoticeKind, mail, { ...(typeof about === 'string' ? { about: about as NonNullable<NoticeOptions['about']> } : {}), twice: twice === true }); };
      if (typeof body.delayMs === 'number') { const timer = setTimeout(() => { late.delete(timer); go(); }, body.delayMs); late.add(timer); } else go();
      asJson(response, 200, {});
    } else asJson(response, 404, {});
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://simulator').pathname;
    if (request.method === 'POST') { await control(path, request, response); return; }
    if (path === '/') { answer(response, 200, 'text/html; charset=utf-8', indexPage(simulator.received, simulator.report())); return; }
    if (path === '/report.json') { asJson(response, 200, simulator.report()); return; }
    const [, number = '', form] = /^\/mails\/(\d{1,9})(\.json|\.eml)?$/.exec(path) ?? [];
    const mail = simulator.received.find((one) => String(one.number) === number);
    if (mail === undefined) { answer(response, 404, 'text/plain; charset=utf-8', 'introuvable / not found'); return; }
    if (form === '.json') asJson(response, 200, shown(mail));
    else if (form === '.eml') answer(response, 200, 'message/rfc822', mail.raw);
    else answer(response, 200, 'text/html; charset=utf-8', mailPage(mail));
  };

  const server = createServer((request, response) => { handle(request, response).catch(() => { asJson(response, 500, { fr: 'erreur du simulateur', en: 'simulator error' }); }); });
  await new Promise<void>((listening, failed) => { server.once('error', failed); server.listen(port, '127.0.0.1', listening); });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    close: () => new Promise((closed) => { for (const one of late) clearTimeout(one); server.close(() => { closed(); }); server.closeAllConnections(); }),
  };
}
