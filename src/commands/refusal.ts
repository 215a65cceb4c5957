import { ConfigRefused, faultLine } from '../config/fault.ts';
import { lintConfig } from '../config/load.ts';
import { catalogue, type FaultCode } from '../domain/catalogue.ts';
import { PackageFault } from '../packages/fault.ts';
import { packageWords } from '../packages/fault-words.ts';
import { say, type Language } from '../domain/finding.ts';

const asLanguage = (text: string | undefined): Language | null => (text === 'fr' || text === 'en' ? text : null);
const option = (argv: readonly string[], name: string): string | undefined => argv.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? argv[argv.indexOf(name) + 1 || argv.length];

/**
 * The language of an error that ends a command: `--lang`, else PASSERELLE_LANG, else what the configuration says; French when
 * nothing does. Read from the arguments themselves: the command may have failed before it had any.
 */
export function languageAsked(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Language {
  return asLanguage(option(argv, '--lang')) ?? asLanguage(env.PASSERELLE_LANG) ?? lintConfig(option(argv, '--config') ?? null).language;
}

/** One of our own refusals in the reader's words: what, and what to do. Without a code of the catalogue, its own text. */
export function inWords(error: Error, language: Language): string {
  if (error instanceof ConfigRefused) return error.faults.map((fault) => faultLine(fault, language)).join('\n');
  if (error instanceof PackageFault) return packageWords(error, language);
  const { code, args } = error as { readonly code?: unknown; readonly args?: readonly string[] };
  if (typeof code !== 'string' || !(code in catalogue) || args === undefined) return error.message;
  const { text, advice } = say({ severity: 'error', code: code as FaultCode, location: '', text: '', spec: '', args }, language);
  return `${text}${text.endsWith('.') ? '' : '.'}\n→ ${advice}${advice.endsWith('.') ? '' : '.'}`;
}
