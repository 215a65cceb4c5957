import type { IncomingHttpHeaders } from 'node:http';
import { readCda, type CdaHeader } from './cda.ts';
import { readDsig, type Dsig } from './dsig.ts';
import { readLot, contents, signatures, type Lot, type RegistryObject } from './lot.ts';
import { contentType, readMime, type Mime } from './mime.ts';
import { lcm, rim, saml, soap12, wsa, wsse, xdsb, xop } from './namespaces.ts';
import type { Transaction } from './rule.ts';
import type { Settled } from './settings.ts';
import type { Registry } from './registry.ts';
import { transactionOf } from './transaction.ts';
import { readVihf, type Vihf } from './vihf.ts';
import { all, attr, deep, NotXml, one, readXml, type El } from './xml.ts';

/** One request as the wire gave it. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** DER of the client's TLS certificate. */
  readonly peer: Buffer | null;
  readonly at: number;
}

/** What the rules look at: the request, read as far as it can be, the record, and the parameters. */
export interface Received extends Arrival {
  readonly settings: Settled;
  readonly registry: Registry;
  readonly type: ReturnType<typeof contentType>;
  readonly multipart: boolean;
  readonly mime: Mime | null;
  /** The bytes of the SOAP envelope. */
  readonly root: Buffer | null;
  readonly envelope: El | null;
  readonly header: El | null;
  /** The only child of soap:Body. */
  readonly body: El | null;
  readonly action: string;
  readonly messageId: string;
  readonly assertions: readonly El[];
  readonly vihf: Vihf | null;
  readonly vihfSignature: Dsig | null;
  readonly transaction: Transaction;
  readonly lot: Lot | null;
  /** Documents by the id of their entry. */
  readonly documents: ReadonlyMap<string, Buffer>;
  /** The lot's documents with their bytes and header, the signature left out. */
  readonly submitted: readonly { readonly entry: RegistryObject; readonly at: string; readonly bytes: Buffer | null; readonly cda: CdaHeader | null }[];
  readonly signature: { readonly entry: RegistryObject; readonly bytes: Buffer; readonly dsig: Dsig | null } | null;
}

const tree = (bytes: Buffer): El | null => {
  try { return readXml(bytes); } catch (error) { if (error instanceof NotXml) return null; throw error; }
};

function documentsOf(body: El | null, mime: Mime | null): Map<string, Buffer> {
  const documents = new Map<string, Buffer>();
  for (const document of all(body, 'Document', xdsb)) {
    const include = one(document, 'Include', xop);
    const cid = decodeCid(attr(include, 'href'));
    const bytes = include === null ? Buffer.from(document.text.replace(/\s+/g, ''), 'base64') : mime?.parts.find((part) => part.contentId === cid)?.bytes;
    if (bytes !== undefined) documents.set(attr(document, 'id'), bytes);
  }
  return documents;
}
export const decodeCid = (href: string): string => { try { return decodeURIComponent(href.replace(/^cid:/, '')); } catch { return href; } };

export function receive(arrival: Arrival, settings: Settled, registry: Registry): Received {
  const type = contentType(arrival.headers['content-type'] ?? '');
  const multipart = type.type === 'multipart/related';
  const mime = multipart && (type.parameters.boundary ?? '') !== '' ? readMime(arrival.bytes, type.parameters.boundary ?? '') : null;
  const start = type.parameters.start?.replace(/^<|>$/g, '');
  const root = multipart ? (mime?.parts.find((part) => part.contentId === start) ?? mime?.parts[0])?.bytes ?? null : arrival.bytes;
  const envelope = root === null ? null : tree(root);
  const header = one(envelope, 'Header', soap12);
  const [body = null] = one(envelope, 'Body', soap12)?.children ?? [];
  const assertions = header === null ? [] : [...deep(header)].filter((found) => found.name === 'Assertion' && found.ns === saml);
  const security = one(header, 'Security', wsse);
  const own = one(security, 'Assertion', saml);
  const list = body === null ? null : [...deep(body)].find((found) => found.name === 'RegistryObjectList' && found.ns === rim) ?? null;
  const lot = list !== null && (one(body, 'SubmitObjectsRequest', lcm) !== null || body?.name === 'SubmitObjectsRequest') ? readLot(list) : null;
  const documents = documentsOf(body, mime);
  const cda = (entry: RegistryObject): CdaHeader | null => { const bytes = documents.get(entry.id); return bytes === undefined ? null : readCda(bytes); };
  const sealed = lot === null ? undefined : signatures(lot)[0];
  const sealedBytes = sealed === undefined ? undefined : documents.get(sealed.id);
  return {
    ...arrival, settings, registry, type, multipart, mime, root, envelope, header, body, assertions, lot, documents,
    action: one(header, 'Action', wsa)?.text.trim() ?? '', messageId: one(header, 'MessageID', wsa)?.text.trim() ?? '',
    vihf: own === null ? null : readVihf(own), vihfSignature: own === null || root === null ? null : readDsig(root, 'assertion'),
    transaction: transactionOf(arrival.path, body, lot),
    submitted: lot === null ? [] : contents(lot).map((entry, i) => ({ entry, at: `DocumentEntry[${String(i + 1)}]`, bytes: documents.get(entry.id) ?? null, cda: cda(entry) })),
    signature: sealed === undefined || sealedBytes === undefined ? null : { entry: sealed, bytes: sealedBytes, dsig: readDsig(sealedBytes, 'root') },
  };
}
