import { as, finding, type Finding } from '../../domain/finding.ts';
import type { Hl7Message } from '../../formats/hl7v2/model.ts';
import type { ReadDocument } from '../../formats/reading.ts';
import type { Observation } from './observations.ts';
import type { Profile } from './version.ts';

/** ORU may carry the same report twice, as N1 and as N3; MDM carries exactly one document. */
function count(message: Hl7Message, documents: readonly ReadDocument[]): Finding[] {
  const most = message.first('MSH').text(9) === 'ORU' ? 2 : 1;
  const extra = documents[most];
  if (documents.length === 0) return [finding('volet.document-missing', 'OBX')];
  return extra === undefined ? [] : [finding('volet.too-many-documents', extra.place, String(most))];
}

function pair(documents: readonly ReadDocument[]): Finding[] {
  const [one, other] = documents;
  if (one === undefined || other === undefined || documents.length !== 2 || one.header === null || other.header === null) return [];
  const id = ({ root, extension }: { root: string; extension: string }) => `${root}^${extension}`;
  const twins = one.header.level !== other.header.level && id(one.header.id) !== id(other.header.id) && one.header.code.code === other.header.code.code;
  return twins ? [] : [finding('volet.document-pair', other.place, one.place, other.place)];
}

/**
 * One document type, said in OBR-4, TXA-2, OBX-3 and the CDA. OBX-3 against the CDA is an error (another document may have
 * been attached); the other two are told only, since nothing is built from them. Version 1.x never asked for it.
 */
function typeCodes(message: Hl7Message, observed: readonly Observation[], documents: readonly ReadDocument[], { coded }: Profile): Finding[] {
  const findings: Finding[] = [];
  for (const [i, { segment, code }] of observed.entries()) {
    const cda = documents[i]?.header?.code.code ?? '';
    const place = `${segment.place}-3`;
    if (code === '') findings.push(finding('volet.field-missing', place, place));
    else if (cda !== '' && cda !== code) { const differs = finding('volet.type-code-differs', place, place, 'ClinicalDocument/code'); findings.push(coded ? differs : as('warning', differs)); }
  }
  const first = observed[0];
  if (first === undefined || first.code === '') return findings;
  for (const [name, n] of [['OBR', 4], ['TXA', 2]] as const) {
    const said = message.first(name).text(n).trim();
    if (message.has(name) && said !== first.code) findings.push(as('warning', finding('volet.type-code-differs', `${name}-${n}`, `${name}-${n}`, `${first.segment.place}-3`)));
  }
  return findings;
}

export const documentFindings = (message: Hl7Message, observed: readonly Observation[], documents: readonly ReadDocument[], profile: Profile): Finding[] =>
  [...count(message, documents), ...pair(documents), ...typeCodes(message, observed, documents, profile)];
