import { existsSync } from 'node:fs';
import type { Config } from '../config/model.ts';
import { installationSecret, openKeyFile, parseKeyRing, type KeyRing } from '../journal/keys.ts';
import { readSecretText } from '../net/secret.ts';

/** The journal's key ring: from its file, made at first start, or from the environment, where it must already be. */
export const keyRingOf = (config: Config): KeyRing => ('file' in config.keys ? openKeyFile(config.keys.file, config.data) : parseKeyRing(readSecretText(config.keys)));

/** What mails are named with, where this installation has its keys already and they may be read: a look makes none. */
export function secretIfMade(config: Config): Uint8Array | undefined {
  try {
    return 'file' in config.keys && !existsSync(config.keys.file) ? undefined : installationSecret(keyRingOf(config), 'connectors');
  } catch { return undefined; }
}
