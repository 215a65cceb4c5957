import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FaultCode } from '../domain/catalogue.ts';
import type { Language } from '../domain/finding.ts';
import { checkWhole } from './check.ts';
import { configFault, ConfigRefused, type ConfigFault } from './fault.ts';
import type { Config } from './model.ts';
import { SettingsReader } from './read.ts';
import { settings } from './settings/all.ts';
import { parseText } from './source-text.ts';

/** The commented sample shipped with the product: what runs when no configuration is given. */
const samplePath = fileURLToPath(new URL('../../passerelle.yaml', import.meta.url));

export interface Linted {
  readonly file: string;
  /** Null when an error makes it unusable. */
  readonly config: Config | null;
  readonly faults: readonly ConfigFault[];
  /** The language it asks for; French when that cannot be read. */
  readonly language: Language;
  /** Where a setting stands, for faults that others find (a connector in its own settings, TLS in its files). */
  readonly fault: (code: FaultCode, path: string, near: string | null, args: readonly string[]) => void;
}

/** Reads and checks a configuration: every fault at once, in the order of the file. With null, the sample, its folders being those of the current directory. */
export function lintConfig(file: string | null): Linted {
  const path = resolve(file ?? samplePath);
  let text: string;
  try { text = readFileSync(path, 'utf8'); } catch (error) {
    const fault = configFault('config.file-unreadable', '', { file: path, line: 1, column: 1 }, [path, (error as NodeJS.ErrnoException).code ?? '']);
    return { file: path, config: null, language: 'fr', faults: [fault], fault: () => undefined };
  }
  return lintText(text, path, file === null ? process.cwd() : dirname(path));
}

/** The same for a text. Relative paths are from `folder`. */
export function lintText(text: string, file: string, folder: string): Linted {
  const source = parseText(text, file);
  const reader = new SettingsReader(source, folder);
  const read = reader.read(settings, source.document.contents, '', source.at()) as Config | null;
  // In a text that is no YAML, everything would seem to be missing.
  if (source.faults.length === 0 && read !== null) checkWhole(read, reader);
  const faults = () => [...source.faults, ...reader.faults].sort((a, b) => a.line - b.line || a.column - b.column);
  const usable = faults().every(fault => fault.severity !== 'error');
  const config = usable && read !== null ? { ...read, workers: read.workers === 0 ? Math.max(1, availableParallelism() - 1) : read.workers } : null;
  const language = read?.language === 'en' ? 'en' : 'fr';
  return { file, config, language, get faults() { return faults(); }, fault: (code, path, near, args) => { reader.fault(code, path, args, near); } };
}

/** A configuration ready for use; throws ConfigRefused with every fault. */
export function loadConfig(file: string | null): Config {
  const { config, faults, language } = lintConfig(file);
  if (config === null) throw new ConfigRefused(faults.filter(fault => fault.severity === 'error'), language);
  return config;
}
