import type { FaultCode } from '../domain/catalogue.ts';
import { finding, say } from '../domain/finding.ts';

/** A setting that cannot be used: which one, why, and what to do, in words for the operator. Never a secret's content. */
export class SettingFault extends Error {
  override readonly name = 'SettingFault';
  readonly code: FaultCode;
  readonly args: readonly string[];
  constructor(code: FaultCode, args: readonly string[], options?: ErrorOptions) {
    const { text, advice } = say(finding(code, '', ...args), 'fr');
    super(`${text} ${advice}`, options);
    this.code = code;
    this.args = args;
  }
}
