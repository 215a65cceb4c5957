import { SignedXml } from 'xml-crypto';
import type { Signer } from './signer.ts';

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
/** As the official example has it, and TLSi (dmp.md §1.3). */
const inherited = ['ds', 'saml', '#default', 'xsi'];

type Done = (error: Error | null, signature?: string) => void;

/** xml-crypto's way to sign, with a key it never sees. */
const signedBy = (signer: Signer) => class {
  getSignature(data: unknown, _key: unknown, done?: Done): string {
    signer.sign('sha256', Buffer.from(String(data))).then((signature) => { done?.(null, Buffer.from(signature).toString('base64')); }, (error: unknown) => { done?.(error as Error); });
    return '';
  }
  verifySignature(): boolean { return false; }
  getAlgorithmName(): string { return rsaSha256; }
};

/**
 * The assertion with its signature after Issuer: exc-c14n with its inclusive prefixes, rsa-sha256, one reference to the
 * assertion itself, the certificate alone in KeyInfo (dmp.md §1.3).
 */
export function signVihf(assertion: string, signer: Signer): Promise<string> {
  const certificate = signer.certificate.raw.toString('base64');
  const signing = new SignedXml({
    // A key must be there for xml-crypto to go on; the signer has the true one.
    privateKey: 'held by the signer', signatureAlgorithm: rsaSha256, canonicalizationAlgorithm: exclusive,
    getKeyInfoContent: () => `<ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data>`,
  });
  signing.SignatureAlgorithms = { ...signing.SignatureAlgorithms, [rsaSha256]: signedBy(signer) };
  signing.addReference({ xpath: '/*', transforms: [enveloped, exclusive], digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256', inclusiveNamespacesPrefixList: inherited });
  return new Promise((resolve, reject) => {
    signing.computeSignature(assertion, { prefix: 'ds', location: { reference: "/*/*[local-name(.)='Issuer']", action: 'after' } }, (error) => {
      if (error === null) resolve(signing.getSignedXml()); else reject(error);
    });
  });
}
