import { namespaces } from './namespaces.ts';
import { xmlText } from './xml-text.ts';

export interface SoapRequest {
  /** wsa:Action, also the `action` parameter of the content type. */
  readonly action: string;
  /** `urn:uuid:…`, fresh in each sending. */
  readonly messageId: string;
  /** The URL that is called. */
  readonly to: string;
  /** Content of wsse:Security: XML, such as a signed SAML assertion; '' for none. */
  readonly security: string;
  /** The one child of Body: XML with its namespaces declared. */
  readonly body: string;
}

/**
 * A SOAP 1.2 envelope with WS-Addressing 1.0 (ITI TF-2x Appendix V). No namespace of the envelope is inherited by what it
 * carries under another prefix than its own, so that a signed assertion keeps its canonical form.
 */
export const soapEnvelope = ({ action, messageId, to, security, body }: SoapRequest): string =>
  `<soap:Envelope xmlns:soap="${namespaces.soap}"><soap:Header>`
  + `<wsa:Action xmlns:wsa="${namespaces.wsa}" soap:mustUnderstand="true">${xmlText(action)}</wsa:Action>`
  + `<wsa:MessageID xmlns:wsa="${namespaces.wsa}">${xmlText(messageId)}</wsa:MessageID>`
  + `<wsa:ReplyTo xmlns:wsa="${namespaces.wsa}"><wsa:Address>http://www.w3.org/2005/08/addressing/anonymous</wsa:Address></wsa:ReplyTo>`
  + `<wsa:To xmlns:wsa="${namespaces.wsa}" soap:mustUnderstand="true">${xmlText(to)}</wsa:To>`
  + (security === '' ? '' : `<wsse:Security xmlns:wsse="${namespaces.wsse}">${security}</wsse:Security>`)
  + `</soap:Header><soap:Body>${body}</soap:Body></soap:Envelope>`;

/** Content type of a request without attachments (RFC 3902). */
export const soapContentType = (action: string): string => `application/soap+xml; charset=UTF-8; action="${action}"`;
