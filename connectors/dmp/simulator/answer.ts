import { rs, soap12, wsa, wsse } from './namespaces.ts';
import { escape } from './xml.ts';

/** An HTTP answer before it leaves. `documents`: parts of an MTOM answer, by content id. */
export interface Answer {
  readonly status: number;
  readonly envelope: string;
  readonly documents?: readonly { readonly contentId: string; readonly type: string; readonly bytes: Buffer }[];
}
export interface RegistryError { readonly code: string; readonly context: string; readonly location: string; readonly severity: 'Error' | 'Warning' }

const severity = 'urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:';
const responseStatus = 'urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:';

export function envelope(action: string, relatesTo: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="${soap12}" xmlns:wsa="${wsa}"><soap:Header><wsa:Action soap:mustUnderstand="true">${escape(action)}</wsa:Action>${relatesTo === '' ? '' : `<wsa:RelatesTo>${escape(relatesTo)}</wsa:RelatesTo>`}</soap:Header><soap:Body>${body}</soap:Body></soap:Envelope>`;
}

export function fault(relatesTo: string, side: 'Sender' | 'Receiver', subcode: string, reason: string, detail: string): Answer {
  const standard = ['MustUnderstand', 'VersionMismatch'].includes(subcode);
  const code = standard ? `<soap:Code><soap:Value>soap:${subcode}</soap:Value></soap:Code>` : `<soap:Code><soap:Value>soap:${side}</soap:Value><soap:Subcode><soap:Value xmlns:wsse="${wsse}">wsse:${escape(subcode)}</soap:Value></soap:Subcode></soap:Code>`;
  return {
    status: 500,
    envelope: envelope('http://www.w3.org/2005/08/addressing/fault', relatesTo, `<soap:Fault>${code}<soap:Reason><soap:Text xml:lang="fr">${escape(reason)}</soap:Text></soap:Reason><soap:Detail><regle xmlns="urn:passerelle:simulateur-dmp">${escape(detail)}</regle></soap:Detail></soap:Fault>`),
  };
}

/** rs:RegistryErrorList, empty when there is nothing to say. */
export function errorList(errors: readonly RegistryError[]): string {
  if (errors.length === 0) return '';
  const worst = errors.some((one) => one.severity === 'Error') ? 'Error' : 'Warning';
  return `<rs:RegistryErrorList xmlns:rs="${rs}" highestSeverity="${severity}${worst}">${errors.map((one) => `<rs:RegistryError errorCode="${escape(one.code)}" codeContext="${escape(one.context)}" location="${escape(one.location)}" severity="${severity}${one.severity}"/>`).join('')}</rs:RegistryErrorList>`;
}
export type ResponseStatus = 'Success' | 'PartialSuccess' | 'Failure';
export const statusUri = (status: ResponseStatus): string => `${responseStatus}${status}`;
export const registryResponse = (status: ResponseStatus, errors: readonly RegistryError[] = []): string => `<rs:RegistryResponse xmlns:rs="${rs}" status="${statusUri(status)}">${errorList(errors)}</rs:RegistryResponse>`;

/** The bytes and headers of an answer: plain SOAP, or multipart when it has documents or is asked to. */
export function wire(answer: Answer, multipart: boolean, boundary: string): { headers: Record<string, string>; body: Buffer } {
  if (!multipart && answer.documents === undefined) return { headers: { 'content-type': 'application/soap+xml; charset=UTF-8' }, body: Buffer.from(answer.envelope) };
  const part = (type: string, id: string, bytes: Buffer): Buffer[] => [Buffer.from(`--${boundary}\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <${id}>\r\n\r\n`), bytes, Buffer.from('\r\n')];
  const body = Buffer.concat([
    ...part('application/xop+xml; charset=UTF-8; type="application/soap+xml"', 'racine@simulateur.test', Buffer.from(answer.envelope)),
    ...(answer.documents ?? []).flatMap((one) => part(one.type, one.contentId, one.bytes)), Buffer.from(`--${boundary}--\r\n`),
  ]);
  return { headers: { 'content-type': `multipart/related; type="application/xop+xml"; start="<racine@simulateur.test>"; start-info="application/soap+xml"; boundary="${boundary}"` }, body };
}
