import type { Config } from '../config/model.ts';
import { openKeyFile, parseKeyRing, type KeyRing } from '../journal/keys.ts';
import { readSecretText } from '../net/secret.ts';

/** The journal's key ring: from its file, made at first start, or from the environment, where it must already be. */
export const keyRingOf = (config: Config): KeyRing => ('file' in config.keys ? openKeyFile(config.keys.file, config.data) : parseKeyRing(readSecretText(config.keys)));
