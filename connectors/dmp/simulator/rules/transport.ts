import { decodeCid } from '../received.ts';
import { contentType } from '../mime.ts';
import { xop } from '../namespaces.ts';
import { family, hold, short, type Broken, type Rule } from '../rule.ts';
import { attr, deep } from '../xml.ts';

const rule = family('transport', 'ITI TF-2 §V.3.6 ; dmp.md §1.2', 'TransportBinding');
const part = (i: number): string => `MIME part ${String(i + 1)}`;
const includes = (body: Parameters<Rule['check']>[0]['body']): string[] => (body === null ? [] : [...deep(body)].filter((one) => one.name === 'Include' && one.ns === xop).map((one) => decodeCid(attr(one, 'href'))));

export const transportRules: readonly Rule[] = [
  rule('http-post', 'La méthode HTTP est POST.', 'The HTTP method is POST.', ({ method }) => hold(method === 'POST', 'HTTP method', method), { source: 'SOAP 1.2 Part 2 §7' }),
  rule('http-content-type', 'Le type de contenu est application/soap+xml, ou multipart/related pour un envoi MTOM.', 'The content type is application/soap+xml, or multipart/related for MTOM.',
    ({ type, multipart }) => hold(multipart || type.type === 'application/soap+xml', 'Content-Type', type.type), { source: 'SOAP 1.2 Part 2 §7.1.4' }),
  rule('mtom-required', 'Un envoi de documents (TD2.1) est un message MTOM.', 'A submission of documents (TD2.1) is an MTOM message.',
    ({ transaction, multipart }) => (transaction === 'TD2.1' ? hold(multipart, 'Content-Type') : null), { source: 'ITI TF-2 §3.41.4.1.2 ; dmp.md §1.1' }),
  rule('mtom-type', 'Le paramètre type vaut "application/xop+xml".', 'The type parameter is "application/xop+xml".',
    ({ type, multipart }) => (multipart ? hold(type.parameters.type === 'application/xop+xml', 'Content-Type; type', type.parameters.type) : null)),
  rule('mtom-start', 'Le paramètre start désigne une partie du message.', 'The start parameter names a part of the message.',
    ({ type, mime, multipart }) => (multipart ? hold(mime === null || mime.parts.some((one) => one.contentId === type.parameters.start?.replace(/^<|>$/g, '')), 'Content-Type; start', type.parameters.start) : null)),
  rule('mtom-start-info', 'Le paramètre start-info vaut "application/soap+xml".', 'The start-info parameter is "application/soap+xml".',
    ({ type, multipart }) => (multipart ? hold(contentType(type.parameters['start-info'] ?? '').type === 'application/soap+xml', 'Content-Type; start-info', type.parameters['start-info']) : null)),
  rule('mtom-action', 'Le paramètre action est celui de wsa:Action.', 'The action parameter is the one of wsa:Action.',
    ({ type, action, header }) => (type.parameters.action === undefined || header === null || action === '' ? null : hold(type.parameters.action === action, 'Content-Type; action', type.parameters.action)), { severity: 'warn' }),
  rule('mime-boundary', 'Le paramètre boundary est présent et le message contient ce délimiteur.', 'The boundary parameter is there and the message holds that delimiter.',
    ({ multipart, mime, type }) => (multipart ? hold(mime !== null && mime.parts.length > 0 && (type.parameters.boundary ?? '').length <= 70, 'Content-Type; boundary') : null), { source: 'RFC 2046 §5.1.1' }),
  rule('mime-crlf', 'Les lignes de délimiteur et d’en-tête finissent par CRLF.', 'Delimiter and header lines end with CRLF.',
    ({ mime }) => (mime === null ? null : hold(!mime.bareLf, 'MIME')), { source: 'RFC 2046 §5.1.1 ; dmp.md §1.2' }),
  rule('mime-closed', 'Le message finit par le délimiteur de fin.', 'The message ends with the closing delimiter.', ({ mime }) => (mime === null || mime.parts.length === 0 ? null : hold(mime.closed, 'MIME')), { source: 'RFC 2046 §5.1.1' }),
  rule('mtom-root-part', 'La partie racine est application/xop+xml; charset=UTF-8; type="application/soap+xml".', 'The root part is application/xop+xml; charset=UTF-8; type="application/soap+xml".',
    ({ mime, root }) => {
      const found = mime?.parts.find((one) => one.bytes === root);
      if (found === undefined) return null;
      const { type, parameters } = contentType(found.headers['content-type'] ?? '');
      return hold(type === 'application/xop+xml' && parameters.charset?.toUpperCase() === 'UTF-8' && contentType(parameters.type ?? '').type === 'application/soap+xml', `${part(0)} Content-Type`, short(found.headers['content-type'] ?? ''));
    }, { source: 'MTOM §3.2 ; dmp.md §1.2' }),
  rule('mime-content-id', 'Chaque partie a un Content-ID, unique dans le message.', 'Each part has a Content-ID, unique in the message.',
    ({ mime }) => mime?.parts.flatMap((one, i): Broken[] => (one.contentId === '' || mime.parts.findIndex((other) => other.contentId === one.contentId) !== i ? [{ at: `${part(i)} Content-ID`, extract: one.contentId }] : [])) ?? null, { source: 'XOP §4.1' }),
  rule('mime-transfer-encoding', 'Les parties sont en binary ou 8bit, jamais en base64.', 'Parts are binary or 8bit, never base64.',
    ({ mime }) => mime?.parts.flatMap((one, i): Broken[] => (['', 'binary', '8bit', '7bit'].includes((one.headers['content-transfer-encoding'] ?? '').toLowerCase()) ? [] : [{ at: `${part(i)} Content-Transfer-Encoding`, extract: one.headers['content-transfer-encoding'] ?? '' }])) ?? null, { source: 'XOP §4.1 ; dmp.md §1.2' }),
  rule('xop-resolved', 'Chaque xop:Include désigne une partie du message.', 'Each xop:Include names a part of the message.',
    ({ body, mime }) => (mime === null ? null : includes(body).filter((cid) => !mime.parts.some((one) => one.contentId === cid)).map((cid) => ({ at: 'xop:Include/@href', extract: short(cid) }))), { source: 'XOP §3.2', code: 'XDSMissingDocument' }),
  rule('xop-once', 'Une partie n’est désignée que par un seul xop:Include.', 'A part is named by one xop:Include only.',
    ({ body, mime }) => (mime === null ? null : includes(body).filter((cid, i, list) => list.indexOf(cid) !== i).map((cid) => ({ at: 'xop:Include/@href', extract: short(cid) }))), { source: 'dmp.md §5.1' }),
  rule('xop-no-orphan', 'Chaque partie, hors la racine, est désignée par un xop:Include.', 'Each part but the root is named by an xop:Include.',
    ({ body, mime, root }) => (mime === null || body === null ? null : mime.parts.flatMap((one, i): Broken[] => (one.bytes === root || includes(body).includes(one.contentId) ? [] : [{ at: part(i), extract: one.contentId }]))), { source: 'ITI TF-3 §4.2.4.1 XDSMissingDocumentMetadata', code: 'XDSMissingDocumentMetadata' }),
  rule('request-size', 'La requête ne dépasse pas la taille maximale (paramètre du simulateur).', 'The request is within the size limit (a parameter of the simulator).',
    ({ bytes, settings }) => hold(bytes.length <= settings.maxRequest, 'HTTP body', String(bytes.length)), { source: 'dmp.md §1.5', code: 'XDSRepositoryOutOfResources' }),
];
