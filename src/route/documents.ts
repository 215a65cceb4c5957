import type { DocumentFact, Fact, FactsAt } from '../domain/fact.ts';
import { finding, type Finding } from '../domain/finding.ts';
import type { Repeats } from '../domain/repeats.ts';
import { hiddenBy } from '../facts/hidden.ts';
import { identityKeys, learnFromDocument } from '../facts/learn.ts';
import { documentVerdict, forbidden, overtaken, type Brought } from '../facts/series.ts';
import type { ReadDocument } from '../formats/reading.ts';
import type { CdaHeader } from '../formats/cda/header.ts';
import { invisibleToRepresentatives, isMinor, visibility } from '../formats/xds/visibility.ts';
import type { TransmissionOrder } from '../normalize/volet/order.ts';
import type { RouteInput } from './route.ts';

/** XDS uniqueId of a CDA: root, or root^extension (IHE ITI TF-3 §4.2.3.2.26). */
export const uniqueIdOf = (header: CdaHeader): string => (header.id.extension === '' ? header.id.root : `${header.id.root}^${header.id.extension}`);

/** The document it says it replaces, '' when none. */
export const replacedBy = (header: CdaHeader): string => {
  const parent = header.relatedDocuments.find((one) => one.type === 'RPLC')?.id;
  return parent === undefined ? '' : parent.extension === '' ? parent.root : `${parent.root}^${parent.extension}`;
};

export const carriedCda = (documents: readonly ReadDocument[]): readonly (ReadDocument & { header: CdaHeader })[] =>
  documents.filter((one): one is ReadDocument & { header: CdaHeader } => one.header !== null);

/** What its order does away with: the document itself, or the one before it; '' for a first version. */
const changed = (header: CdaHeader, action: DocumentFact['action']): string => (action === 'delete' ? uniqueIdOf(header) : action === 'replace' ? replacedBy(header) : '');

/** Visibility codes that the message's flags give a version (JDV_J08); null when no flags say it, or it is deleted. */
export const hiddenFrom = (order: TransmissionOrder | null, header: CdaHeader): readonly string[] | null =>
  (order?.volet !== 'cda' || order.action === 'delete' ? null : visibility(order.flags, { minor: isMinor(header), maskedAndInvisible: true }).codes.map(({ code }) => code));

/**
 * Who may not see a version, by code, and what it says wrongly of it: codes that hid the one it follows go only when
 * MODIF_CONF_CODE says so (CI-SIS Transmission CDA-R2 HL7 v2, MetaDMPMSS). `hidden` is null when no flags say it; a document that
 * comes without any, a CDA on its own, says nothing of who may not see it, and so takes nothing away. A deletion shows nothing.
 */
function hiding(order: TransmissionOrder | null, header: CdaHeader, facts: FactsAt): { hidden: readonly string[] | null; findings: Finding[] } {
  const minor = isMinor(header);
  if (order === null) {
    const before = new Set([replacedBy(header), uniqueIdOf(header)].flatMap((one) => hiddenBy(facts, one) ?? []));
    return { hidden: null, findings: [...before].filter((code) => minor || code !== invisibleToRepresentatives.code).map((code) => finding('facts.document-unhidden', '/ClinicalDocument', code)) };
  }
  const hidden = hiddenFrom(order, header);
  if (hidden === null) return { hidden, findings: [] };
  const changes = order.action === 'replace' && order.flags.modifiesConfidentiality === true;
  // The same version, sent again with other flags, shows what it hid as well.
  const before = changes ? null : hiddenBy(facts, order.action === 'replace' ? replacedBy(header) : uniqueIdOf(header));
  // An adult has no legal representatives.
  const shown = (before ?? []).filter((code) => !hidden.includes(code) && (minor || code !== invisibleToRepresentatives.code));
  return { hidden, findings: shown.map((code) => finding('facts.document-unhidden', 'MetaDMPMSS', code)) };
}

const forbiddenFor = { 'other-patient': 'facts.document-other-patient', 'other-source': 'facts.document-other-source' } as const;

/** Results, or files of another kind: the message is not only these documents. */
const bringsMore = ({ reading, normalized }: RouteInput, documents: number): boolean =>
  reading.documents.length > documents || normalized.bundle.entry?.some((one) => one.resource?.resourceType === 'Observation') === true;

/** What the documents' earlier history says of this message, and the facts it teaches if it is accepted. */
export function documentsVerdict(input: RouteInput): { findings: Finding[]; facts: Fact[]; repeats: Repeats | null } {
  const { reading, order, facts, source, normalized } = input;
  const action = order?.action ?? 'submit';
  const by: Brought = { source: source.id, patient: identityKeys(normalized.identity, source.id) };
  const findings: Finding[] = [];
  const learnt: Fact[] = [];
  const known: (readonly number[])[] = [];
  const documents = carriedCda(reading.documents);
  for (const { header, sha1, place } of documents) {
    const uniqueId = uniqueIdOf(header);
    const refusal = forbidden(facts, changed(header, action), by);
    if (refusal !== null) { findings.push(finding(forbiddenFor[refusal], place, place)); continue; }
    const { hidden, findings: shown } = hiding(order, header, facts);
    const { verdict, seqs } = documentVerdict(facts, uniqueId, sha1, action);
    const late = (verdict === 'replaced' || verdict === 'deleted') && overtaken(facts, uniqueId, by, hidden);
    switch (late ? 'overtaken' : verdict) {
      case 'overtaken': findings.push(finding('facts.document-overtaken', place, place)); break;
      case 'known': findings.push(finding('facts.document-known', place, place)); known.push(seqs); break;
      case 'reused': findings.push(finding('facts.document-id-reused', place, place)); break;
      case 'replaced': findings.push(finding('facts.document-replaced', place, place)); break;
      case 'deleted': findings.push(finding('facts.document-deleted', place, place)); break;
      case 'new': break;
    }
    findings.push(...shown);
    learnt.push(learnFromDocument({ uniqueId, sha1, replaces: replacedBy(header), hidden }, action, by, facts));
  }
  // Only when every document is known: a pair of which one half is new must still go as a pair.
  const repeats = documents.length > 0 && known.length === documents.length ? { documents: known, more: bringsMore(input, documents.length) } : null;
  return { findings, facts: learnt, repeats };
}
