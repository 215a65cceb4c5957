import { xmlText } from '../xml-text.ts';
import { namespaces } from '../namespaces.ts';

/** A binary part. `contentId` is without its angle brackets. */
export interface MtomPart { readonly contentId: string; readonly contentType: string; readonly bytes: Uint8Array }
export interface MtomMessage {
  /** Fresh and long enough to be in no part: a UUID. */
  readonly boundary: string;
  readonly action: string;
  readonly root: { readonly contentId: string; readonly xml: Uint8Array };
  readonly parts: readonly MtomPart[];
}
/** What goes on the wire: `chunks` in order, the parts' own bytes among them, never copied. */
export interface WrittenMtom { readonly contentType: string; readonly length: number; readonly chunks: readonly Uint8Array[] }

const crlf = '\r\n';
const delimiter = (boundary: string, { contentId, contentType }: Omit<MtomPart, 'bytes'>, encoding: string): Buffer =>
  Buffer.from(`--${boundary}${crlf}Content-Type: ${contentType}${crlf}Content-Transfer-Encoding: ${encoding}${crlf}Content-ID: <${contentId}>${crlf}${crlf}`);

/** A SOAP 1.2 message as MTOM/XOP (W3C SOAP12-MTOM §3, XOP §4): CRLF line ends, binary parts, length in bytes. */
export function writeMtom({ boundary, action, root, parts }: MtomMessage): WrittenMtom {
  const rootType = 'application/xop+xml; charset=UTF-8; type="application/soap+xml"';
  const end = Buffer.from(crlf);
  const chunks = [
    delimiter(boundary, { contentId: root.contentId, contentType: rootType }, '8bit'), root.xml, end,
    ...parts.flatMap((part) => [delimiter(boundary, part, 'binary'), part.bytes, end]),
    Buffer.from(`--${boundary}--${crlf}`),
  ];
  return {
    contentType: `multipart/related; boundary="${boundary}"; type="application/xop+xml"; start="<${root.contentId}>"; start-info="application/soap+xml"; action="${action}"`,
    length: chunks.reduce((sum, chunk) => sum + chunk.length, 0), chunks,
  };
}

/** What stands in the XML for a part's bytes; a cid is a URL (RFC 2392). */
export const xopInclude = (contentId: string): string => `<xop:Include xmlns:xop="${namespaces.xop}" href="cid:${xmlText(encodeURIComponent(contentId).replaceAll('%40', '@'))}"/>`;
