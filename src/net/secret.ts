import { readFileSync } from 'node:fs';
import type { Secret } from '../domain/secret.ts';
import { SettingFault } from './setting-fault.ts';

/** The one place where secrets are read. From the environment a binary secret (PKCS#12) is in base64. Throws SettingFault. */
export function readSecret(secret: Secret, binary = false): Buffer {
  if ('env' in secret) {
    const value = process.env[secret.env];
    if (value === undefined || value === '') throw new SettingFault('config.variable-unset', [secret.env]);
    return Buffer.from(value, binary ? 'base64' : 'utf8');
  }
  try { return readFileSync(secret.file); } catch (cause) {
    throw new SettingFault('config.file-unreadable', [secret.file, (cause as NodeJS.ErrnoException).code ?? ''], { cause });
  }
}

/** A password or token: text, without the line end that editors leave at the end of a file. */
export const readSecretText = (secret: Secret): string => readSecret(secret).toString('utf8').replace(/\r?\n$/, '');

/** The files whose change means that the secret changed. */
export const secretFiles = (secrets: readonly (Secret | undefined)[]): string[] => secrets.flatMap(secret => secret && 'file' in secret ? [secret.file] : []);
