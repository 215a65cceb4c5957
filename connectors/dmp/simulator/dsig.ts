import { createHash, verify, X509Certificate } from 'node:crypto';
import { XmlC14NMode, XmlElement, type XmlDocument } from 'libxml2-wasm';
import { ds, saml, soap12, wsse } from './namespaces.ts';
import { NotXml, withDocument } from './xml.ts';

/** Verification of an XML signature over the received bytes: canonical forms by libxml2, everything else by node:crypto. */
export interface Dsig {
  readonly id: string;
  readonly canonicalization: string;
  readonly method: string;
  readonly references: readonly Reference[];
  /** The signer, from KeyInfo; null when there is none or it cannot be read. */
  readonly certificate: X509Certificate | null;
  /** SignatureValue over the canonical SignedInfo, by the certificate's key; false also when an algorithm is not known. */
  readonly valid: boolean;
}
export interface Reference {
  readonly uri: string;
  readonly type: string;
  readonly digestMethod: string;
  readonly transforms: readonly string[];
  /** The digest recomputed here equals DigestValue. */
  readonly matches: boolean;
  /** What the URI names is the one element meant: the signed assertion itself, or the only element with that Id. */
  readonly sound: boolean;
}

const c14n: Readonly<Record<string, { readonly mode: 0 | 1; readonly comments: boolean }>> = {
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315': { mode: 0, comments: false },
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments': { mode: 0, comments: true },
  'http://www.w3.org/2001/10/xml-exc-c14n#': { mode: 1, comments: false },
  'http://www.w3.org/2001/10/xml-exc-c14n#WithComments': { mode: 1, comments: true },
};
const digests: Readonly<Record<string, string>> = { 'http://www.w3.org/2000/09/xmldsig#sha1': 'sha1', 'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256' };
const methods: Readonly<Record<string, string>> = { 'http://www.w3.org/2000/09/xmldsig#rsa-sha1': 'sha1', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256': 'sha256' };
export const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
export const digestName = (uri: string): string | null => digests[uri] ?? null;
export const methodName = (uri: string): string | null => methods[uri] ?? null;

const names = { d: ds, a: saml, s: soap12, w: wsse, e: 'http://www.w3.org/2001/10/xml-exc-c14n#' };
const element = (from: XmlElement | XmlDocument, path: string): XmlElement | null => { const found = from.get(path, names); return found instanceof XmlElement ? found : null; };
const elements = (from: XmlElement | XmlDocument, path: string): XmlElement[] => from.find(path, names).filter((one): one is XmlElement => one instanceof XmlElement);
const algorithm = (of: XmlElement | null): string => of?.attr('Algorithm')?.value ?? '';
const prefixes = (of: XmlElement | null): string[] => (of === null ? [] : (element(of, 'e:InclusiveNamespaces')?.attr('PrefixList')?.value ?? '').split(/\s+/).filter((one) => one !== ''));
const base64 = (of: XmlElement | null): Buffer => Buffer.from((of?.content ?? '').replace(/\s+/g, ''), 'base64');

function canonical(of: XmlElement, by: string, inclusive: string[]): string | null {
  const form = c14n[by];
  if (form === undefined) return null;
  return of.canonicalizeToString({ mode: form.mode === 0 ? XmlC14NMode.XML_C14N_1_0 : XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, withComments: form.comments, ...(form.mode === 1 && inclusive.length > 0 ? { inclusiveNamespacePrefixes: inclusive } : {}) });
}

/** The canonical bytes of a whole document, comments kept, as the manifest wants them; null when it is not XML. */
export function canonicalDocument(bytes: Uint8Array): string | null {
  try { return withDocument(bytes, (document) => document.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_1_0, withComments: true })); }
  catch (error) { if (error instanceof NotXml) return null; throw error; }
}

const named = (document: XmlDocument, id: string): XmlElement[] =>
  (/^[^'"]+$/.test(id) ? elements(document, `//*[@ID='${id}' or @Id='${id}' or @id='${id}']`) : []);

/** A reference as it is written; read before anything is taken out of the document, which frees what it takes. */
interface Written { readonly uri: string; readonly type: string; readonly digestMethod: string; readonly digest: Buffer; readonly transforms: readonly { readonly by: string; readonly prefixes: string[] }[] }
const written = (reference: XmlElement): Written => ({
  uri: reference.attr('URI')?.value ?? '', type: reference.attr('Type')?.value ?? '', digestMethod: algorithm(element(reference, 'd:DigestMethod')), digest: base64(element(reference, 'd:DigestValue')),
  transforms: elements(reference, 'd:Transforms/d:Transform').map((one) => ({ by: algorithm(one), prefixes: prefixes(one) })),
});

function readReference(document: XmlDocument, { uri, type, digestMethod, digest, transforms }: Written, around: XmlElement | null): Reference {
  const targets = uri.startsWith('#') ? named(document, uri.slice(1)) : [];
  const [target] = targets;
  const sound = target !== undefined && targets.length === 1 && (around === null || target.isSameNode(around));
  const forms = transforms.filter(({ by }) => by !== enveloped);
  const hash = digestName(digestMethod);
  // Without a canonical form named, XML-DSig §4.3.3.2 means canonical XML 1.0 without comments.
  const text = target === undefined || forms.length > 1 ? null : canonical(target, forms[0]?.by ?? 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315', forms[0]?.prefixes ?? []);
  return { uri, type, digestMethod, transforms: transforms.map(({ by }) => by), sound, matches: hash !== null && text !== null && createHash(hash).update(text).digest().equals(digest) };
}

function certificateOf(signature: XmlElement): X509Certificate | null {
  try { return new X509Certificate(base64(element(signature, 'd:KeyInfo/d:X509Data/d:X509Certificate'))); } catch { return null; }
}

function check(document: XmlDocument, signature: XmlElement, around: XmlElement | null): Dsig {
  const info = element(signature, 'd:SignedInfo');
  const form = info === null ? null : element(info, 'd:CanonicalizationMethod');
  const method = algorithm(info === null ? null : element(info, 'd:SignatureMethod'));
  const certificate = certificateOf(signature);
  const text = info === null ? null : canonical(info, algorithm(form), prefixes(form));
  const hash = methods[method];
  const valid = text !== null && hash !== undefined && certificate?.publicKey.asymmetricKeyType === 'rsa'
    && verify(hash, Buffer.from(text), certificate.publicKey, base64(element(signature, 'd:SignatureValue')));
  const id = signature.attr('Id')?.value ?? '', canonicalization = algorithm(form);
  const references = info === null ? [] : elements(info, 'd:Reference').map(written);
  // The enveloped transform: the signature itself is no part of what it signs. From here on nothing of it may be touched.
  if (around !== null && references.some(({ transforms }) => transforms.some(({ by }) => by === enveloped))) signature.remove();
  return { id, canonicalization, method, certificate, valid, references: references.map((one) => readReference(document, one, around)) };
}

/** Of an envelope's VIHF (`assertion`) or of a detached signature document (`root`); null when there is none. */
export function readDsig(bytes: Uint8Array, where: 'assertion' | 'root'): Dsig | null {
  try {
    return withDocument(bytes, (document) => {
      if (where === 'root') return document.root.name === 'Signature' && document.root.namespaceUri === ds ? check(document, document.root, null) : null;
      const assertion = element(document, '/s:Envelope/s:Header/w:Security/a:Assertion');
      const signature = assertion === null ? null : element(assertion, 'd:Signature');
      return assertion === null || signature === null ? null : check(document, signature, assertion);
    });
  } catch (error) { if (error instanceof NotXml) return null; throw error; }
}
