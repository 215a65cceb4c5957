import type { ListenerSettings, MailboxSettings } from '../config/model.ts';
import type { MailboxDriver } from '../intake/mailbox/driver.ts';
import { FolderMailbox } from '../intake/mailbox/folder.ts';
import { readSecretText } from '../net/secret.ts';
import { contextOptions } from '../net/tls.ts';

/** The driver of a mailbox's settings. The IMAP library is loaded only by who uses it. @throws SettingFault */
export async function mailboxDriver({ name, tls }: Pick<ListenerSettings, 'name' | 'tls'>, { folder, imap }: MailboxSettings): Promise<MailboxDriver> {
  if (imap === null) return new FolderMailbox(folder ?? '');
  const { ImapMailbox } = await import('../intake/mailbox/imap.ts');
  const { host, port, security, user, password, token, box, doneBox } = imap;
  const options = () => (tls === null ? {} : contextOptions(tls, `listener ${name}`));
  // Said at the start rather than at the first connection.
  options();
  return new ImapMailbox({
    host, port, implicitTls: security === 'tls', user, box, doneBox, timeoutMs: 30_000, tls: options,
    credential: () => (token === null ? { pass: password === null ? '' : readSecretText(password) } : { accessToken: readSecretText(token) }),
  });
}
