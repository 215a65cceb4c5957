import { catalogue, type FaultCode } from './catalogue.ts';
import type { Severity } from './fault.ts';

/**
 * What a rule found in a message. `location` is a place (`PID-3(1)-4-2`, `OBX[2]-5`, an XPath, a FHIRPath), never a value.
 * `args` fill `{0}`… of the catalogue's texts and are places or codes too.
 */
export interface Finding {
  readonly severity: Severity;
  readonly code: FaultCode;
  readonly location: string;
  readonly text: string;
  readonly spec: string;
  readonly args?: readonly string[];
}

export type Language = 'fr' | 'en';

const fill = (text: string, args: readonly string[]) => text.replace(/\{(\d)\}/g, (_, i: string) => args[Number(i)] ?? '');

/** A finding in French, from the catalogue. */
export function finding(code: FaultCode, location: string, ...args: string[]): Finding {
  const entry = catalogue[code];
  return { severity: entry.severity, code, location, text: fill(entry.text.fr, args), spec: entry.spec, ...(args.length > 0 ? { args } : {}) };
}

/** The same finding with another severity: a setting may make a rule stricter or milder. */
export const as = (severity: Severity, found: Finding): Finding => ({ ...found, severity });

/** A finding's text and advice in the reader's language. */
export function say(found: Finding, language: Language): { text: string; advice: string } {
  const entry = catalogue[found.code];
  const args = found.args ?? [];
  return { text: fill(entry.text[language], args), advice: fill(entry.advice[language], args) };
}
