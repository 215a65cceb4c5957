import { catalogue, type FaultCode } from '../../domain/catalogue.ts';
import { finding, say, type Language } from '../../domain/finding.ts';
import type { Problem } from './contract/problem.ts';

/** A request that is refused, with its code of the catalogue. `place`: a JSON pointer into the body, or the name of a parameter or header; never a value. */
export class ApiFault extends Error {
  override readonly name = 'ApiFault';
  readonly code: FaultCode;
  readonly args: readonly string[];
  readonly place: string | undefined;
  /** Seconds after which to try again. */
  readonly retryAfter: number | undefined;
  constructor(code: FaultCode, args: readonly string[] = [], more: { readonly place?: string; readonly retryAfter?: number; readonly cause?: unknown } = {}) {
    super(finding(code, '', ...args).text, { cause: more.cause });
    this.code = code;
    this.args = args;
    this.place = more.place;
    this.retryAfter = more.retryAfter;
  }
}

/** Any error as a fault: our own refusals keep their code, where it says how it is told over HTTP; all else is a defect that tells nothing. */
export function asFault(error: unknown): ApiFault {
  if (error instanceof ApiFault) return error;
  const { code, args } = error as { readonly code?: unknown; readonly args?: readonly string[] };
  if (typeof code === 'string' && code in catalogue && catalogue[code as FaultCode].http !== undefined) return new ApiFault(code as FaultCode, args ?? [], { cause: error });
  return new ApiFault('api.failed', [], { cause: error });
}

export const statusOf = ({ code }: ApiFault): number => catalogue[code].http ?? 500;

const defect = { fr: 'Défaut interne', en: 'Internal defect' };
/** One title a status: what is wrong is in the detail. */
const titles: Readonly<Record<number, { readonly fr: string; readonly en: string }>> = {
  400: { fr: 'Requête refusée', en: 'Request refused' }, 401: { fr: 'Connexion nécessaire', en: 'Sign-in needed' }, 403: { fr: 'Non permis', en: 'Not allowed' },
  404: { fr: 'Introuvable', en: 'Not found' }, 405: { fr: 'Méthode refusée', en: 'Method refused' }, 409: { fr: 'Impossible dans cet état', en: 'Not possible in this state' },
  413: { fr: 'Corps trop grand', en: 'Body too large' }, 415: { fr: 'Type de corps refusé', en: 'Body type refused' }, 429: { fr: 'Trop de requêtes', en: 'Too many requests' },
  500: defect, 502: { fr: 'Partenaire injoignable', en: 'Partner unreachable' }, 503: { fr: 'Indisponible', en: 'Unavailable' },
};

/** RFC 9457. The type is the fault's line in the catalogue's page. */
export function problemOf(fault: ApiFault, language: Language): Problem {
  const { text, advice } = say({ severity: 'error', code: fault.code, location: '', text: '', spec: '', args: fault.args }, language);
  const status = statusOf(fault);
  return { type: `urn:passerelle:fault:${fault.code}`, title: (titles[status] ?? defect)[language], status, detail: text, code: fault.code, advice, ...(fault.place === undefined ? {} : { place: fault.place }) };
}
