import type { FaultCode } from '../../src/domain/catalogue.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import type { SoapFault } from '../../src/formats/soap/read.ts';
import type { RegistryAnswer, RegistryError } from '../../src/formats/xds/ebrim/read-answer.ts';
import { withoutAnswer } from '../../src/net/connection-error.ts';
import type { Action } from './actions.ts';
import { faultOf, knownCodes, securityFaults, serviceFaults, type Known } from './codes.ts';
import type { DmpConfig } from './config.ts';

/**
 * What an answer is to us. `check`: it may be ours already: asked by the documents' ids, then `otherwise`. `partial`: some of it
 * was done, and only the record tells what.
 */
export type Verdict =
  | { readonly kind: 'success'; readonly answer: RegistryAnswer; readonly raw: string | null }
  | { readonly kind: 'check'; readonly otherwise: Receipt }
  | { readonly kind: 'partial'; readonly code: string; readonly raw: string }
  | { readonly kind: 'receipt'; readonly receipt: Receipt };

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
  return { action, fault: faultOf[action], label: known?.label ?? code, english: known?.english ?? code };
}

function act({ action, fault, label, english }: Known, code: string, raw: string, { attempt, config }: Judging): Verdict {
  const remote = { code, label, english };
  const refused: Receipt = { kind: 'refused', fault, args: [code], raw, remote };
  switch (action) {
    case 'refuse': case 'suspend': return verdict(refused);
    case 'check-duplicate': return { kind: 'check', otherwise: refused };
    case 'resolve-again': return verdict({ kind: 'held', fault, args: [code], raw, remote, stale: true });
    case 'hold': return verdict({ kind: 'held', fault, args: [code], raw, remote });
    case 'retry-then-hold':
      return verdict(attempt >= config.limits.internalErrors ? { kind: 'held', fault, args: [code], raw, remote } : { kind: 'busy', fault, args: [code], raw, remote });
    case 'retry': return verdict({ kind: 'busy', fault, args: [code], raw, remote });
    case 'warn': return verdict({ kind: 'held', fault: 'dmp.unknown-code', args: [code], raw, remote });
  }
}

const unknown: Known = { action: 'hold', fault: 'dmp.unknown-code', label: 'Code inconnu', english: 'Unknown code' };
const said = (errors: readonly RegistryError[]): string =>
  errors.map(({ code, context, location, severity, text }) => [`${code} (${severity})`, context, location === '' ? '' : `@ ${location}`, text].filter((part) => part !== '').join(' ')).join(' | ');

/** A RegistryResponse or a query's answer, read. */
export function judgeRegistry(answer: RegistryAnswer, judging: Judging): Verdict {
  const { status, errors } = answer;
  const raw = judging.hide(`${status} ${said(errors)}`.trim()).slice(0, longest);
  if (status === '') return verdict({ kind: 'unknown', fault: 'dmp.not-understood', raw: answer.findings[0]?.code ?? '' });
  const means = (code: string): Known => meaning(code, judging.config) ?? unknown;
  const byWeight = (a: RegistryError, b: RegistryError): number => order.indexOf(means(a.code).action) - order.indexOf(means(b.code).action);
  // Without a severity it is an error (ebRS 3.0 §2.1.6.1), but a code that only warns does not undo a Success.
  const [worst] = errors.filter(({ code, severity }) => severity === 'Error' && !(status === 'Success' && means(code).action === 'warn')).sort(byWeight);
  const [first] = errors;
  if (status === 'PartialSuccess') return { kind: 'partial', code: worst?.code ?? first?.code ?? status, raw };
  if (worst !== undefined) return act(means(worst.code), worst.code, raw, judging);
  // A failure that names nothing tells us nothing.
  if (status === 'Failure') return act(unknown, first?.code ?? status, raw, judging);
  return { kind: 'success', answer, raw: errors.length === 0 ? null : raw };
}

/** Of the gateway as a whole. Rights and certificates are also words of one document's refusal: these need a security subcode. */
const aboutIdentity = /\bVIHF\b|authentifi|personne morale/i;
/** Of one lot: its authors are of another structure than the VIHF (dmp.md §1.5). */
const aboutAuthor = /AuthorInstitution/i;
const token = /[A-Za-z][A-Za-z0-9_]{3,63}/g;

/** A SOAP fault: a code that it names, else what its subcodes and its words are about (dmp.md §1.6). */
export function judgeFault({ code, subcodes, reason, detail }: SoapFault, status: number, retryAfterMs: number | null, judging: Judging): Verdict {
  const raw = judging.hide(`HTTP ${status}, SOAP ${[code, ...subcodes].join('/')} : ${reason} ${detail}`.trim()).slice(0, longest);
  // Whoever asks to wait knows nothing of the lot, whatever its page says.
  if (notNow.has(status)) return later(raw, retryAfterMs);
  const names = [...subcodes.toReversed(), code];
  const shown = names[0] ?? '';
  const isKnown = (one: string): boolean => meaning(one, judging.config) !== null;
  const security = (): Verdict => verdict({ kind: 'refused', fault: 'dmp.security', args: [shown], raw });
  const own = names.find(isKnown);
  if (own === undefined && names.some((one) => securityFaults.has(one))) return security();
  const named = own ?? (`${detail} ${reason}`.match(token) ?? []).find(isKnown);
  if (named !== undefined) return act(meaning(named, judging.config) ?? unknown, named, raw, judging);
  if (aboutAuthor.test(reason)) return verdict({ kind: 'held', fault: 'dmp.author-structure', args: [shown], raw });
  if (aboutIdentity.test(reason)) return security();
  if (names.some((one) => serviceFaults.has(one))) return verdict({ kind: 'refused', fault: 'dmp.service', args: [shown], raw });
  return act(code === 'Receiver' ? { action: 'retry-then-hold', fault: 'dmp.internal-error', label: 'Erreur interne du DMP', english: 'Internal error of the DMP' } : unknown, shown, raw, judging);
}

const notNow = new Set([408, 425, 429, 503]);
const ofService = new Set([404, 405, 406, 410, 415]);
// It may stand before a DMP that took the lot: it is asked first.
const later = (raw: string, retryAfterMs: number | null): Verdict => verdict({ kind: 'busy', fault: 'dmp.no-answer', raw, ...(retryAfterMs === null ? {} : { retryAfterMs }) });

/** An HTTP answer without a SOAP message that can be read. */
export function judgeStatus(status: number, why: string, retryAfterMs: number | null, judging: Judging): Verdict {
  const code = `HTTP ${status}`;
  const raw = why === '' ? code : `${code}, ${why}`;
  const refused = (fault: FaultCode): Verdict => verdict({ kind: 'refused', fault, args: [code], raw });
  if (notNow.has(status)) return later(raw, retryAfterMs);
  // About this one request, as far as it says: the others go on.
  if (status === 400) return act(unknown, code, raw, judging);
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
