import type { Attempt } from '../../journal/journal.ts';

/** Always as many, so that not even a length is told. */
const dots = '••••••';

/** A name of nothing: made at random, or counted under a root that is nobody's number. */
const opaque = /^(?:(?:https?:\/\/[\w.:-]+\/(?:[\w.-]+\/)*)?[A-Za-z]{1,40}\/)?(?:urn:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:\/_history\/\d{1,9})?$|^(?:urn:oid:)?[0-2](?:\.\d{1,39}){2,20}$/i;
/** What codes and our own words are written with. */
const coded = /^[\p{L}\p{N} .,:;|/^_@#&~«»()'’=+*"-]{0,200}$/u;
/** A matricule INS wherever it stands, together or in groups; an arc of an OID is none, but for those under the INS' own roots. */
const matricule = /(?<!\d|\d\.)[1-8][ \u00a0-]?\d{2}[ \u00a0-]?\d{2}[ \u00a0-]?(?:\d{2}|2[AB])[ \u00a0-]?\d{3}[ \u00a0-]?\d{3}(?:[ \u00a0-]?\d{2})?(?!\d|\.\d)/i;
const underIns = /1\.2\.250\.1\.213\.1\.4\.\d+\.\d/;

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
const words = (text: string): string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const squashed = (text: string): string => words(text).join('');

type Said = Attempt['said'];
interface Person { readonly resourceType?: string; readonly name?: unknown; readonly birthDate?: unknown; readonly identifier?: unknown; readonly address?: unknown; readonly telecom?: unknown; readonly contact?: unknown }
/** What codes and systems are is not a person's: they would hide the words of every partner. */
const notValues: ReadonlySet<string> = new Set(['system', 'use', 'code', 'display', 'url', 'extension', 'type', 'country', 'relationship', 'period', 'rank']);
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(texts);
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, one]) => (notValues.has(name) ? [] : texts(one))) : [];
}
/** 1979-03-28, as digits in the orders people write it. */
const dates = (text: string): string[] => { const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)/.exec(text) ?? []; return year === '' ? [] : [`${year}${month}${day}`, `${day}${month}${year}`]; };

/** Texts that a partner chose, as who has not asked for the content may see them. */
export interface PartnerText {
  /** A name of a thing at the partner's: shown when it is a name of nothing. */
  readonly id: (text: string | null) => string | null;
  /** A code, or a place: shown unless it holds a value of the patient, or is no code. */
  readonly code: (text: string) => string;
}

/**
 * A partner answers what it likes: its identifiers may be the patient's number, its codes may quote what it was sent (invariant 10).
 * @param bundle the message's, whose patient is hidden; null when it is kept no more
 */
export function partnerText(bundle: Uint8Array | null): PartnerText {
  const { entry = [] } = bundle === null ? {} : JSON.parse(Buffer.from(bundle).toString('utf8')) as { readonly entry?: readonly { readonly resource?: Person }[] };
  const people = entry.flatMap(({ resource }) => (resource?.resourceType === 'Patient' || resource?.resourceType === 'RelatedPerson' ? [resource] : []));
  const values = people.flatMap(({ name, birthDate, identifier, address, telecom, contact }) => texts([name, birthDate, identifier, address, telecom, contact]));
  const names = new Set(values.flatMap(words).filter((word) => word.length > 2));
  const numbers = [...new Set([...values.map(squashed), ...values.flatMap(dates)])].filter((number) => number.length > 4);
  const tells = (text: string): boolean => {
    const whole = squashed(text);
    return words(text).some((word) => names.has(word)) || numbers.some((number) => whole.includes(number));
  };
  return {
    id: (text) => (text === null || (opaque.test(text) && !underIns.test(text) && !tells(text)) ? text : dots),
    code: (text) => (coded.test(text) && !matricule.test(text) && !underIns.test(text) && !tells(text) ? text : dots),
  };
}

/** What partners said of a delivery, as who has not asked for the content may see it. The meaning of a code that we know is ours. */
export function unquoted<D extends { readonly remoteId: string | null; readonly attemptsMade: readonly { readonly said: Said }[] }>(one: D, { id, code }: PartnerText): D {
  const said = (what: Said): Said => {
    if (what === null) return null;
    const { args, remote } = what;
    const masked = remote === null ? null : { ...remote, code: code(remote.code), label: remote.label === remote.code ? code(remote.label) : remote.label, ...(remote.english === remote.code ? { english: code(remote.code) } : {}) };
    return { args: args.map(code), remote: masked };
  };
  return { ...one, remoteId: id(one.remoteId), attemptsMade: one.attemptsMade.map((attempt) => ({ ...attempt, said: said(attempt.said) })) };
}
