import { SaxesParser } from 'saxes';
import type { Ids } from '../../src/domain/clock.ts';
import { xmlText } from '../../src/formats/soap/xml-text.ts';
import type { DmpConfig } from './config.ts';

const hl7v3 = 'urn:hl7-org:v3';
export const existenceAction = 'urn:hl7-org:v3:PRPA_IN201307UV02';

/** TD0.2: is there an open DMP under this INS? `patientId` is its CX, `at` UTC digits. Processing code P in production, D elsewhere (HL7 table 0103). */
export function existenceRequest(patientId: string, at: string, { sourceId, software, production }: Pick<DmpConfig, 'sourceId' | 'software' | 'production'>, ids: Ids): string {
  const [number = '', , , authority = ''] = patientId.split('^');
  const [, oid = ''] = authority.split('&');
  const device = (role: 'receiver' | 'sender', code: 'RCV' | 'SND', root: string, name: string): string =>
    `<${role} typeCode="${code}"><device classCode="DEV" determinerCode="INSTANCE"><id root="${root}"/><softwareName>${xmlText(name)}</softwareName></device></${role}>`;
  return `<PRPA_IN201307UV02 xmlns="${hl7v3}" ITSVersion="XML_1.0"><id root="${sourceId}" extension="${ids()}"/><creationTime value="${at}"/>`
    + '<interactionId root="2.16.840.1.113883.1.6" extension="PRPA_IN201307UV02"/><processingCode code="' + (production ? 'P' : 'D') + '"/><processingModeCode code="T"/><acceptAckCode code="AL"/>'
    + device('receiver', 'RCV', '1.2.250.1.213.4.1.1.1', 'DMP') + device('sender', 'SND', sourceId, software.name)
    + '<controlActProcess classCode="CACT" moodCode="EVN"><reasonCode code="TEST_EXST" codeSystem="1.2.250.1.213.1.1.4.11" displayName="Test d\'existence de dossier"/>'
    + `<queryByParameter><queryId root="${sourceId}" extension="${ids()}"/><statusCode code="new"/><parameterList><patientIdentifier><value root="${xmlText(oid)}" extension="${xmlText(number)}"/>`
    + '<semanticsText>Patient.id</semanticsText></patientIdentifier></parameterList></queryByParameter></controlActProcess></PRPA_IN201307UV02>';
}

/** `unknown-status`: there is a record, and its status is a word not known here: nobody's guess. */
export type Existence = 'open' | 'closed' | 'absent' | 'unknown-status';
const closed = /^(?:FERME|CLOSED|CLOS|INACTI[FV])/i;
const open = /^(?:OUVERT|OPEN|ACTI[FV])/i;

/**
 * What TD0.2 answered: queryResponseCode says whether there is a record, the registration's statusCode whether it is open. The
 * DMP's own answer is not public: this is the shape of HL7 v3 patient queries. Null when it says neither.
 */
export function readExistence(envelope: Uint8Array): Existence | null {
  const parser = new SaxesParser({ xmlns: true });
  let response = '', status = '';
  parser.on('opentag', ({ uri, local, attributes }) => {
    if (uri !== hl7v3) return;
    const code = attributes.code?.value ?? '';
    if (local === 'queryResponseCode') response = code;
    if (local === 'statusCode' && status === '') status = code;
  });
  try { parser.write(Buffer.from(envelope).toString('utf8')).close(); } catch { return null; }
  if (response === 'NF') return 'absent';
  if (response !== 'OK' || status === '') return null;
  return closed.test(status) ? 'closed' : open.test(status) ? 'open' : 'unknown-status';
}
