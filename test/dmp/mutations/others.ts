import { fictive } from '../metadata.ts';
import { provide } from '../request.ts';
import { both, every, header, metadata, spoilt, swap, type Mutation } from './mutation.ts';

const document = (rule: string, what: string, change: (xml: string) => string): Mutation => spoilt(rule, what, { document: change });

export const otherMutations: readonly Mutation[] = [
  { rule: 'http-post', what: 'PUT', make: (own) => ({ ...provide(own.signature), method: 'PUT' }) },
  header('mime-boundary', 'no boundary parameter', swap('boundary="limite_1"; ', '')),
  spoilt('xop-once', 'a document included twice', { body: (xml) => xml.replace(/(<xop:Include [^>]*document01[^>]*>)/, '$1$1') }),
  spoilt('lot-present', 'no SubmitObjectsRequest', { body: swap(/<lcm:SubmitObjectsRequest .*<\/lcm:SubmitObjectsRequest>/, '') }),
  spoilt('lot-documents', 'a signature and nothing signed', {
    signedParts: (part) => part.replace(/<ds:Reference URI="urn:oid:1\.2\.250\.1\.999\.7\.1">[\s\S]*?<\/ds:Reference>/, ''),
    metadata: (xml) => xml.replace(/<ExtrinsicObject id="Document01".*?<\/ExtrinsicObject>/, '').replace(/<Association [^>]*targetObject="Document01".*?<\/Association>/, ''),
    body: swap(/<xdsb:Document id="Document01">.*?<\/xdsb:Document>/, ''), parts: (parts) => parts.filter((_, i) => i !== 1),
  }),
  spoilt('entry-unique-id', 'a uniqueId that is no OID', {}, { uniqueId: '1.2.250.01' }),
  document('document-size', 'a document of more than 5 MiB', (xml) => `${xml}<!--${'x'.repeat(5 << 20)}-->`),
  spoilt('document-not-empty', 'an empty document', { parts: (parts) => parts.map((part, i) => (i === 1 ? { ...part, bytes: Buffer.alloc(0) } : part)) }),
  spoilt('type-code', 'a type that is in no value set', { document: swap('11502-2', '99999-9'), metadata: swap('11502-2', '99999-9') }),
];

/** What is told without being refused. */
export const toldMutations: readonly Mutation[] = [
  header('mtom-action', 'another action in Content-Type', swap('action="urn:ihe:iti:2007:', 'action="urn:ihe:iti:2010:')),
  spoilt('wsa-action-ihe', 'the action that TLSi writes', { envelope: swap('urn:ihe:iti:2007:Provide', 'urn:ihe:iti:xds-b:2007:Provide'), headers: (all) => ({ ...all, 'content-type': swap('urn:ihe:iti:2007:Provide', 'urn:ihe:iti:xds-b:2007:Provide')(all['content-type'] ?? '') }) }),
  spoilt('vihf-name-id', 'an identifier without its kind', { assertion: swap('<NameID>899700218896', '<NameID>MARTIN') }),
  { rule: 'author-rpps-key', what: 'a RPPS whose key is wrong', make: (own) => provide(own.signature, { who: { ...fictive, person: fictive.person.replace('899700218896', '899700218897') }, spoil: { document: every('899700218896', '899700218897') } }) },
  metadata('hash-size-given', 'no hash', (xml) => xml.replace(/<Slot name="hash">.*?<\/Slot>/, '')),
  document('cda-title', 'another title', swap('de Zoé', 'de Léa')),
  document('cda-institution', 'another structure in the document', swap('extension="1990000001"', 'extension="1990000019"')),
  document('cda-legal-authenticator', 'another authenticator', swap('<assignedEntity><id root="1.2.250.1.71.4.2.1" extension="899700218896"/>', '<assignedEntity><id root="1.2.250.1.71.4.2.1" extension="899700218904"/>')),
  document('cda-facility', 'another kind of facility', swap('SA25', 'SA01')),
  document('cda-practice', 'another practice setting', swap('AMBULATOIRE', 'ETABLISSEMENT')),
  document('cda-service-time', 'an act at another time', both(swap('<low value="20260301090000+0100"/>', '<low value="20260301080000+0100"/>'))),
  document('cda-replaces', 'a document that says it replaces another, without RPLC', swap('<componentOf>', '<relatedDocument typeCode="RPLC"><parentDocument><id root="1.2.3"/></parentDocument></relatedDocument><componentOf>')),
  spoilt('signature-same-signer', 'VIHF and lot signed by two certificates of the structure', ({ pki }) => ({ signer: pki.issue('client', 'DMP SIGN TEST', { structure: fictive.structure }) })),
];
