import type { FaultCode } from '../domain/catalogue.ts';
import { finding, say, type Finding, type Language } from '../domain/finding.ts';

/** What is wrong with a configuration, and where. `location` is the setting's path (`sources[1].listeners`). */
export interface ConfigFault extends Finding {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** What was probably meant. */
  readonly near: string | null;
}

export interface Position { readonly file: string; readonly line: number; readonly column: number }

export const configFault = (code: FaultCode, path: string, at: Position, args: readonly string[] = [], near: string | null = null): ConfigFault =>
  ({ ...finding(code, path, ...(args.length > 0 ? args : [path])), ...at, near });

/** `passerelle.yaml:12:5 listeners[0].hots: … (did you mean "host"?) …` */
export function faultLine(fault: ConfigFault, language: Language): string {
  const { text, advice } = say(fault, language);
  const meant = fault.near === null ? '' : language === 'fr' ? ` Vouliez-vous dire « ${fault.near} » ?` : ` Did you mean "${fault.near}"?`;
  return `${fault.file}:${fault.line}:${fault.column} ${fault.location}`.trimEnd() + `\n  ${text}${meant}\n  → ${advice}`;
}

/** A configuration that cannot be used: every fault at once. */
export class ConfigRefused extends Error {
  override readonly name = 'ConfigRefused';
  readonly faults: readonly ConfigFault[];
  /** The language the configuration asks for, as far as it can be read. */
  readonly language: Language;
  constructor(faults: readonly ConfigFault[], language: Language) {
    super(faults.map(fault => faultLine(fault, language)).join('\n'));
    this.faults = faults;
    this.language = language;
  }
}
