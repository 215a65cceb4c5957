import type { FaultCode } from '../../src/domain/catalogue.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import type { SoapFault } from '../../src/formats/soap/read.ts';
import type { RegistryAnswer, RegistryError } from '../../src/formats/xds/ebrim/read-answer.ts';
import { withoutAnswer } from '../../src/net/connection-error.ts';
import type { Action } from './actions.ts';
import { faultOf, knownCodes, securityFaults, serviceFaults, type Known } from './codes.ts';
import type { DmpConfig } from './config.ts';

/** What an answer is to us. `check`: it may be ours already: asked by the documents' ids, then `otherwise`. */
export type Verdict = { readonly kind: 'success'; readonly answer: RegistryAnswer; readonly raw: string | null } | { readonly kind: 'check'; readonly otherwise: Receipt } | { readonly kind: 'receipt'; readonly receipt: Receipt };

/** What judging needs besides the answer. */
export interface Judging {
  readonly config: Pick<DmpConfig, 'answers' | 'limits'>;
  /** 1 for the first. */
  readonly attempt: number;
  /** Takes what is the patient's out of the partner's words. */
  readonly hide: (text: string) => string;
}

const longest = 2000;
/** The worst first: one permanent reason is enough not to try again. */
const order: readonly Action[] = ['suspend', 'refuse', 'check-duplicate', 'resolve-again', 'hold', 'retry-then-hold', 'retry', 'warn'];
const verdict = (receipt: Receipt): Verdict => ({ kind: 'receipt', receipt });

/** What a code means, the site's own class first. Null for an unknown one. */
function meaning(code: string, { answers }: Judging['config']): Known | null {
  const known = knownCodes.get(code) ?? null;
  const action = answers[code];
  if (action === undefined || action === known?.action) return known;
  return { action, fault: faultOf[action], label: known?.label ?? code };
}

/** `partly`: something of the lot may be stored, so nothing is sent again before the DMP was asked. */
function act({ action, fault, label }: Known, code: string, raw: string, { attempt, config }: Judging, partly: boolean): Verdict {
  const refused: Receipt = { kind: 'refused', fault, args: [code], raw, remote: { code, label } };
  switch (action) {
    case 'refuse': case 'suspend': return verdict(refused);
    case 'check-duplicate': return { kind: 'check', otherwise: refused };
    case 'resolve-again': return verdict({ kind: 'held', fault, args: [code], raw, stale: true });
    case 'hold': return verdict({ kind: 'held', fault, args: [code], raw });
    case 'retry-then-hold':
      if (attempt >= config.limits.internalErrors) return verdict({ kind: 'held', fault, args: [code], raw });
      return verdict(partly ? { kind: 'unknown', fault, raw } : { kind: 'busy', fault, raw });
    case 'retry': return verdict(partly ? { kind: 'unknown', fault, raw } : { kind: 'busy', fault, raw });
    case 'warn': return verdict({ kind: 'held', fault: 'dmp.unknown-code', args: [code], raw });
  }
}

const unknown: Known = { action: 'hold', fault: 'dmp.unknown-code', label: 'Code inconnu' };
const said = (errors: readonly RegistryError[]): string =>
  errors.map(({ code, context, location, severity, text }) => [`${code} (${severity})`, context, location === '' ? '' : `@ ${location}`, text].filter((part) => part !== '').join(' ')).join(' | ');

/** A RegistryResponse or a query's answer, read. */
export function judgeRegistry(answer: RegistryAnswer, judging: Judging): Verdict {
  const { status, errors } = answer;
  const raw = judging.hide(`${status} ${said(errors)}`.trim()).slice(0, longest);
  if (status === '') return verdict({ kind: 'unknown', fault: 'dmp.not-understood', raw: answer.findings[0]?.code ?? '' });
  const serious = errors.filter(({ severity }) => severity === 'Error');
  if (serious.length === 0 && status !== 'Failure') return { kind: 'success', answer, raw: errors.length === 0 && status === 'Success' ? null : raw };
  // A failure that names nothing tells us nothing.
  if (serious.length === 0) return act(unknown, errors[0]?.code ?? 'Failure', raw, judging, false);
  const [worst] = serious.map(({ code }) => ({ code, means: meaning(code, judging.config) ?? unknown })).sort((a, b) => order.indexOf(a.means.action) - order.indexOf(b.means.action));
  return act(worst?.means ?? unknown, worst?.code ?? '', raw, judging, status === 'PartialSuccess');
}

const aboutIdentity = /VIHF|authentifi|certificat|habilit|personne morale|autoris/i;
const token = /[A-Za-z][A-Za-z0-9_]{3,63}/g;

/** A SOAP fault: a code that it names, else what its subcodes and its words are about (dmp.md §1.6). */
export function judgeFault({ code, subcodes, reason, detail }: SoapFault, status: number, judging: Judging): Verdict {
  const raw = judging.hide(`HTTP ${status}, SOAP ${[code, ...subcodes].join('/')} : ${reason} ${detail}`.trim()).slice(0, longest);
  const names = [...subcodes.toReversed(), code];
  const named = [...names, ...(`${detail} ${reason}`.match(token) ?? [])].find((one) => meaning(one, judging.config) !== null);
  if (named !== undefined) return act(meaning(named, judging.config) ?? unknown, named, raw, judging, false);
  const shown = names[0] ?? '';
  if (names.some((one) => securityFaults.has(one)) || aboutIdentity.test(reason)) return verdict({ kind: 'refused', fault: 'dmp.security', args: [shown], raw });
  if (names.some((one) => serviceFaults.has(one))) return verdict({ kind: 'refused', fault: 'dmp.service', args: [shown], raw });
  return act(code === 'Receiver' ? { action: 'retry-then-hold', fault: 'dmp.internal-error', label: 'Erreur interne du DMP' } : unknown, shown, raw, judging, false);
}

const notNow = new Set([408, 425, 429, 503]);
const ofService = new Set([400, 404, 405, 406, 410, 415]);

/** An HTTP answer without a SOAP message that can be read. */
export function judgeStatus(status: number, why: string, retryAfterMs: number | null): Verdict {
  const code = `HTTP ${status}`;
  const raw = why === '' ? code : `${code}, ${why}`;
  const refused = (fault: FaultCode): Verdict => verdict({ kind: 'refused', fault, args: [code], raw });
  // Whoever asks to wait may stand before a DMP that took the lot: it is asked first.
  if (notNow.has(status)) return verdict({ kind: 'busy', fault: 'dmp.no-answer', raw, ...(retryAfterMs === null ? {} : { retryAfterMs }) });
  if (status === 401 || status === 403) return refused('dmp.security');
  if (status === 413) return refused('dmp.too-large');
  if (ofService.has(status) || (status >= 300 && status < 400)) return refused('dmp.service');
  return verdict({ kind: 'unknown', fault: status === 502 || status === 504 ? 'dmp.no-answer' : 'dmp.not-understood', raw });
}

/** A request that ended without an answer. */
export function noAnswer(error: unknown): Receipt {
  const { code, outcome } = withoutAnswer(error);
  switch (outcome) {
    case 'tls': return { kind: 'refused', fault: 'dmp.tls', args: [code], raw: code };
    case 'not-sent': return { kind: 'busy', fault: 'dmp.unreachable', raw: code };
    case 'in-doubt': return { kind: 'unknown', fault: 'dmp.no-answer', raw: code };
  }
}
