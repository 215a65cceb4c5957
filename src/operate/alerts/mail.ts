import type { Language } from '../../domain/finding.ts';
import { NotTold, type Channel, type Outgoing } from './channel.ts';
import type { What } from './notice.ts';

export interface MailChannelSettings {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user: string | null;
  /** Read at each connection: a password that was changed needs no restart. */
  readonly password: () => string | null;
  readonly ca: () => string | null;
  readonly from: string;
  readonly to: readonly string[];
  /** What this gateway is called in subjects. */
  readonly gateway: string;
  readonly language: Language;
  /** Where incidents are looked at; null when it is not told. */
  readonly console: string | null;
}

const words: Readonly<Record<Language, Readonly<Record<What, string>>>> = {
  fr: { opened: 'OUVERT', worsened: 'AGGRAVÉ', closed: 'TERMINÉ' }, en: { opened: 'OPEN', worsened: 'WORSE', closed: 'OVER' },
};
const timeoutMs = 15_000;

/** Mail by any SMTP server, one per notice to all its readers. Tries of one notice bear one Message-ID; all of an incident are one thread. */
export function mailChannel(settings: MailChannelSettings): Channel {
  const { host, port, security, user, from, to, gateway, language } = settings;
  const idOf = (key: string): string => `<${key.replaceAll('/', '.')}@passerelle>`;
  return {
    name: settings.name,
    send: async ({ key, what, incident, told }: Outgoing) => {
      const password = settings.password(), ca = settings.ca();
      const { createTransport } = await import('nodemailer');
      const transport = createTransport({
        host, port, secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none',
        connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, disableFileAccess: true, disableUrlAccess: true,
        ...(user === null ? {} : { auth: { user, pass: password ?? '' } }), ...(ca === null ? {} : { tls: { ca, minVersion: 'TLSv1.2' as const } }),
      });
      try {
        await transport.sendMail({
          from, to: [...to], messageId: idOf(key), subject: `[${gateway}] ${words[language][what]} : ${told.title}`, text: bodyOf(told, settings.console),
          // RFC 3834: no automatic answer is wanted.
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Passerelle-Incident': incident.id, References: `<${incident.id}@passerelle>` },
        });
      } catch (error) {
        const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
        throw new NotTold(typeof responseCode === 'number' ? `SMTP ${responseCode}` : typeof code === 'string' ? code : 'unknown', { cause: error });
      } finally { transport.close(); }
    },
    close: () => Promise.resolve(),
  };
}

const bodyOf = ({ title, text, advice, summary }: Outgoing['told'], console: string | null): string =>
  [title, '', summary ?? text, ...(summary === null ? ['', advice] : []), ...(console === null ? [] : ['', console]), ''].join('\n');
