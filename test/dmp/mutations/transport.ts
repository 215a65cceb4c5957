import { header, spoilt, swap, type Mutation } from './mutation.ts';
import { make, provide, type Part } from '../request.ts';

const partHeader = (rank: number, change: (line: string) => string) => (parts: Part[]): Part[] => parts.map((part, i) => (i === rank ? { ...part, headers: part.headers.map(change) } : part));

export const transportMutations: readonly Mutation[] = [
  { rule: 'http-content-type', what: 'text/xml, as SOAP 1.1', make: (own) => make({ path: '/registry', action: 'urn:ihe:iti:2007:RegistryStoredQuery', body: getDocuments }, own.signature, { spoil: { headers: () => ({ 'content-type': 'text/xml' }) } }) },
  header('mtom-type', 'type="text/xml"', swap('type="application/xop+xml"', 'type="text/xml"')),
  header('mtom-start', 'start names no part', swap('<racine@test>', '<autre@test>')),
  header('mtom-start-info', 'start-info="text/xml", as SOAP 1.1 libraries write', swap('start-info="application/soap+xml"', 'start-info="text/xml"')),
  spoilt('mime-crlf', 'LF line ends', { multipart: (bytes) => Buffer.from(bytes.toString('latin1').replace(/--limite_1\r\nContent-Type: text\/xml\r\n/, '--limite_1\nContent-Type: text/xml\n'), 'latin1') }),
  spoilt('mime-closed', 'no closing delimiter', { multipart: (bytes) => bytes.subarray(0, bytes.length - '\r\n--limite_1--\r\n'.length) }),
  spoilt('mtom-root-part', 'root part text/xml', { parts: partHeader(0, (line) => line.replace('application/xop+xml', 'text/xml')) }),
  spoilt('mime-content-id', 'one Content-ID twice', { parts: (parts) => [...parts, { headers: ['Content-Type: text/xml', 'Content-ID: <document01@test>'], bytes: parts[1]?.bytes ?? Buffer.alloc(0) }] }),
  spoilt('mime-transfer-encoding', 'a document said to be base64', { parts: partHeader(1, (line) => line.replace('binary', 'base64')) }),
  spoilt('xop-resolved', 'an Include that names no part', { body: swap('cid:document01@test', 'cid:perdu@test'), parts: (parts) => parts.filter((_, i) => i !== 1) }),
  spoilt('xop-no-orphan', 'a part nobody names', { parts: (parts) => [...parts, { headers: ['Content-Type: text/xml', 'Content-ID: <orphelin@test>'], bytes: Buffer.from('<a/>') }] }),
  { rule: 'mtom-required', what: 'documents inline in base64, plain SOAP', make: (own) => {
    let held: Part[] = [];
    const made = provide(own.signature, { spoil: { parts: (parts) => { held = parts; return parts; }, headers: () => ({ 'content-type': 'application/soap+xml' }) } });
    const [root, ...documents] = held.map(({ bytes }) => bytes);
    return { ...made, bytes: Buffer.from(documents.reduce((xml, bytes) => xml.replace(/<xop:Include [^>]*>/, bytes.toString('base64')), root?.toString() ?? '')) };
  } },
];

export const getDocuments = `<query:AdhocQueryRequest xmlns:query="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><query:ResponseOption returnComposedObjects="true" returnType="ObjectRef"/><AdhocQuery id="urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4"><Slot name="$XDSDocumentEntryUniqueId"><ValueList><Value>('1.2.250.1.999.7.1')</Value></ValueList></Slot></AdhocQuery></query:AdhocQueryRequest>`;

const actionOf = (to: string) => swap('urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b</wsa:Action>', `${to}</wsa:Action>`);
export const soapMutations: readonly Mutation[] = [
  spoilt('soap-well-formed', 'a tag never closed', { envelope: swap('</soap:Body>', '') }),
  spoilt('soap-well-formed', 'a document type declaration', { envelope: (xml) => `<!DOCTYPE a [<!ENTITY b "c">]>${xml}` }),
  spoilt('soap-12', 'SOAP 1.1', { envelope: (xml) => xml.replaceAll('http://www.w3.org/2003/05/soap-envelope', 'http://schemas.xmlsoap.org/soap/envelope/') }),
  spoilt('soap-shape', 'two elements in the body', { envelope: swap('</soap:Body>', '<autre/></soap:Body>') }),
  spoilt('soap-must-understand', 'an unknown block that must be understood', { envelope: swap('<wsse:Security', '<x:Inconnu xmlns:x="urn:x" soap:mustUnderstand="1"/><wsse:Security') }),
  spoilt('soap-body-of-service', 'a submission sent to the registry', { envelope: swap('services/repository', 'services/registry') }, {}),
  spoilt('wsa-action', 'mustUnderstand missing', { envelope: swap(' soap:mustUnderstand="true"', '') }),
  spoilt('wsa-action-of-transaction', 'the action of another transaction', { envelope: actionOf('urn:ihe:iti:2007:RetrieveDocumentSet') }),
  spoilt('wsa-message-id', 'not a urn:uuid', { envelope: swap(/urn:uuid:[0-9a-f-]{36}<\/wsa:MessageID>/, 'message-1</wsa:MessageID>') }),
  spoilt('wsa-to', 'another service', { envelope: swap('services/repository</wsa:To>', 'services/registry</wsa:To>') }),
  spoilt('wsse-assertion', 'two assertions', { envelope: (xml) => xml.replace(/(<Assertion [\s\S]*<\/Assertion>)/, '$1<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="_autre"/>') }),
].map((one): Mutation => (one.rule === 'soap-body-of-service' ? { ...one, make: (own) => ({ ...one.make(own), path: '/registry' }) } : one));
