import { habilitations, hl7v3, lcm, query, saml, soap12, wsa, wsse, xdsb } from '../namespaces.ts';
import { family, hold, type Rule } from '../rule.ts';
import { serviceOf } from '../transaction.ts';
import { all, attr, one } from '../xml.ts';

const rule = family('soap', 'SOAP 1.2 ; dmp.md §1.2', 'InvalidMessage');

/** Actions of the DMP by the element they carry (dmp.md §1.1). */
export const actions: Readonly<Record<string, string>> = {
  PRPA_IN201307UV02: 'urn:hl7-org:v3:PRPA_IN201307UV02', setAuthorization: 'urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorization',
  ProvideAndRegisterDocumentSetRequest: 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b', RetrieveDocumentSetRequest: 'urn:ihe:iti:2007:RetrieveDocumentSet',
  AdhocQueryRequest: 'urn:ihe:iti:2007:RegistryStoredQuery', SubmitObjectsRequest: 'urn:ihe:iti:2010:UpdateDocumentSet',
};
/** What TLSI sends, against IHE: told, not refused. */
const odd = 'urn:ihe:iti:xds-b:2007:ProvideAndRegisterDocumentSet-b';
const bodies: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  '/patients': [[hl7v3, 'PRPA_IN201307UV02']], '/habilitations': [[habilitations, 'setAuthorization']],
  '/repository': [[xdsb, 'ProvideAndRegisterDocumentSetRequest'], [xdsb, 'RetrieveDocumentSetRequest']], '/registry': [[query, 'AdhocQueryRequest'], [lcm, 'SubmitObjectsRequest']],
};
const uuid = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const understood = new Set([`${wsa} Action`, `${wsa} MessageID`, `${wsa} To`, `${wsa} ReplyTo`, `${wsa} From`, `${wsa} FaultTo`, `${wsse} Security`]);

export const soapRules: readonly Rule[] = [
  rule('soap-well-formed', 'L’enveloppe est du XML bien formé, sans déclaration de type de document.', 'The envelope is well-formed XML without a document type declaration.', ({ envelope, root }) => (root === null ? null : hold(envelope !== null, 'soap:Envelope'))),
  rule('soap-12', 'L’enveloppe est de SOAP 1.2.', 'The envelope is SOAP 1.2.', ({ envelope }) => (envelope === null ? null : hold(envelope.name === 'Envelope' && envelope.ns === soap12, 'soap:Envelope', envelope.ns)), { code: 'VersionMismatch' }),
  rule('soap-shape', 'L’enveloppe a un en-tête puis un corps d’un seul élément.', 'The envelope has a header, then a body of one element.',
    ({ envelope }) => (envelope?.ns !== soap12 ? null : hold(envelope.children.map((child) => child.name).join() === 'Header,Body' && envelope.children[1]?.children.length === 1, 'soap:Envelope'))),
  rule('soap-must-understand', 'Aucun bloc d’en-tête mustUnderstand n’est inconnu.', 'No header block with mustUnderstand is unknown.',
    ({ header }) => header?.children.filter((child) => ['true', '1'].includes(attr(child, 'mustUnderstand')) && !understood.has(`${child.ns} ${child.name}`)).map((child) => ({ at: `soap:Header/${child.name}` })) ?? null, { source: 'SOAP 1.2 Part 1 §5.2.3', code: 'MustUnderstand' }),
  rule('soap-body-of-service', 'Le corps est celui d’une transaction du service appelé.', 'The body is one of a transaction of the service called.',
    ({ body, path }) => (body === null ? null : hold((bodies[serviceOf(path)] ?? []).some(([ns, name]) => ns === body.ns && name === body.name), 'soap:Body', body.name)), { source: 'dmp.md §1.1' }),
  rule('wsa-action', 'wsa:Action est là une fois, avec mustUnderstand.', 'wsa:Action is there once, with mustUnderstand.',
    ({ header }) => (header === null ? null : hold(all(header, 'Action', wsa).length === 1 && ['true', '1'].includes(attr(one(header, 'Action', wsa), 'mustUnderstand')), 'wsa:Action')), { source: 'ITI TF-2 §V.3.2' }),
  rule('wsa-action-of-transaction', 'wsa:Action est l’action de la transaction.', 'wsa:Action is the transaction’s action.',
    ({ action, body }) => (body === null || action === '' ? null : hold(action === actions[body.name] || (action === odd && body.name === 'ProvideAndRegisterDocumentSetRequest'), 'wsa:Action', action)), { source: 'dmp.md §1.1', code: 'ActionNotSupported' }),
  rule('wsa-action-ihe', 'wsa:Action est celle d’IHE (urn:ihe:iti:2007:…), pas la variante urn:ihe:iti:xds-b:2007.', 'wsa:Action is IHE’s (urn:ihe:iti:2007:…), not the variant urn:ihe:iti:xds-b:2007.',
    ({ action, body }) => (body?.name === 'ProvideAndRegisterDocumentSetRequest' ? hold(action !== odd, 'wsa:Action', action) : null), { source: 'ITI TF-2 §3.41 ; dmp.md §1.1', severity: 'warn' }),
  rule('wsa-message-id', 'wsa:MessageID est un urn:uuid.', 'wsa:MessageID is a urn:uuid.', ({ header, messageId }) => (header === null ? null : hold(uuid.test(messageId), 'wsa:MessageID', messageId)), { source: 'WS-Addressing 1.0 §3.2' }),
  rule('wsa-message-id-fresh', 'wsa:MessageID n’a pas déjà servi.', 'wsa:MessageID was not used before.',
    ({ messageId, registry }) => (messageId === '' ? null : hold(!registry.messageSeen(messageId), 'wsa:MessageID', messageId)), { source: 'WS-Addressing 1.0 §3.2', code: 'DuplicateMessageID' }),
  rule('wsa-to', 'wsa:To est l’adresse du service appelé.', 'wsa:To is the address of the service called.',
    ({ header, path }) => {
      const to = one(header, 'To', wsa)?.text.trim();
      if (header === null) return null;
      return hold(to !== undefined && URL.canParse(to) && serviceOf(new URL(to).pathname) === serviceOf(path), 'wsa:To', to);
    }, { source: 'dmp.md §1.2', code: 'DestinationUnreachable' }),
  rule('wsse-assertion', 'wsse:Security porte une seule assertion, et il n’y en a pas d’autre dans l’en-tête.', 'wsse:Security holds one assertion, and the header holds no other.',
    ({ header, assertions }) => (header === null ? null : hold(assertions.length === 1 && all(one(header, 'Security', wsse), 'Assertion', saml).length === 1, 'wsse:Security', `${String(assertions.length)} Assertion`)), { source: 'dmp.md §1.2, §5.1', code: 'InvalidSecurity' }),
];
