import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';
import { NotTold, type Channel, type Outgoing } from './channel.ts';

export interface WebhookSettings {
  readonly name: string;
  readonly url: string;
  /** Signs each request; read each time. */
  readonly secret: () => string;
  readonly ca: string | null;
  readonly gateway: string;
  readonly clock: () => number;
}

const timeoutMs = 15_000;
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/**
 * `POST` of JSON. `X-Passerelle-Signature: t=<epoch seconds>,v1=<hex>` is the HMAC-SHA256 of `<t>.<body>`: a receiver refuses
 * an old `t`. `X-Passerelle-Notice` is the same at each try. Anything but 2xx is tried again; redirections are not followed.
 */
export function webhookChannel({ name, url, secret, ca, gateway, clock }: WebhookSettings): Channel {
  const agent = new Agent({ connect: { timeout: timeoutMs, ...(ca === null ? {} : { ca }) } });
  return {
    name,
    send: async (outgoing) => {
      const body = JSON.stringify(payload(outgoing, gateway));
      const at = Math.floor(clock() / 1000);
      const signature = createHmac('sha256', secret()).update(`${at}.${body}`).digest('hex');
      let status: number;
      try {
        const answer = await request(url, {
          method: 'POST', body, dispatcher: agent, headersTimeout: timeoutMs, bodyTimeout: timeoutMs, signal: AbortSignal.timeout(2 * timeoutMs),
          headers: { 'content-type': 'application/json', 'user-agent': 'Passerelle', 'x-passerelle-notice': outgoing.key, 'x-passerelle-signature': `t=${at},v1=${signature}` },
        });
        status = answer.statusCode;
        await answer.body.dump({ limit: 65_536 });
      } catch (error) {
        const { code } = error as { code?: unknown };
        throw new NotTold(typeof code === 'string' ? code : 'unreachable', { cause: error });
      }
      if (status < 200 || status > 299) throw new NotTold(`HTTP ${status}`);
    },
    close: () => agent.destroy(),
  };
}

const payload = ({ key, what, at, incident, told }: Outgoing, gateway: string) => ({
  notice: key, what, at: iso(at), gateway,
  incident: {
    id: incident.id, kind: incident.kind, object: incident.subject, severity: incident.severity, openedAt: iso(incident.openedAt), closedAt: iso(incident.closedAt),
    title: told.title, text: told.text, advice: told.advice, summary: told.summary,
  },
});
