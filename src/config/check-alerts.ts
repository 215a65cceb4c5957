import { isLoopbackHost } from './loopback.ts';
import type { AlertSettings } from './model.ts';
import type { SettingsReader } from './read.ts';
import { readable } from './readable.ts';

/** Who is told of incidents can be told: secrets are there, and no password goes in clear off this machine. */
export function checkAlerts({ mail, webhooks }: AlertSettings, reader: SettingsReader): void {
  if (mail !== null) {
    if (mail.to.length === 0) reader.fault('config.missing', 'alerts.mail.to', ['alerts.mail.to', '[exploitation@chu.test]']);
    if (mail.user !== null && mail.password === null) reader.fault('config.missing', 'alerts.mail.password', ['alerts.mail.password', '{ file: secrets/smtp }']);
    if (mail.user !== null && mail.security === 'none' && !isLoopbackHost(mail.host)) reader.fault('config.password-in-clear', 'alerts.mail.security', [mail.host]);
    for (const part of ['password', 'ca'] as const) if (mail[part] !== null) readable(mail[part], `alerts.mail.${part}`, reader);
  }
  webhooks.forEach(({ secret, ca }, i) => {
    readable(secret, `alerts.webhooks[${i}].secret`, reader);
    if (ca !== null) readable(ca, `alerts.webhooks[${i}].ca`, reader);
  });
}
