import { accessSync, constants } from 'node:fs';
import type { Secret } from './model.ts';
import type { SettingsReader } from './read.ts';

/** Notes a secret that cannot be read now. */
export function readable(secret: Secret, path: string, reader: SettingsReader): void {
  if ('env' in secret) {
    if ((process.env[secret.env] ?? '') === '') reader.fault('config.variable-unset', path, [secret.env]);
    return;
  }
  try { accessSync(secret.file, constants.R_OK); } catch (error) { reader.fault('config.file-unreadable', path, [secret.file, (error as NodeJS.ErrnoException).code ?? '']); }
}
