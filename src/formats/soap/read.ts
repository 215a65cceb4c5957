import { SaxesParser, type SaxesTagNS } from 'saxes';
import { finding, type Finding } from '../../domain/finding.ts';
import { namespaces } from './namespaces.ts';

/** A SOAP 1.2 fault, as it came: a partner's codes and words are shown, never reworded. */
export interface SoapFault {
  /** Local name of Code/Value: `Sender`, `Receiver`, `MustUnderstand`, `VersionMismatch`, `DataEncodingUnknown`. */
  readonly code: string;
  /** Local names of Subcode values, outermost first. */
  readonly subcodes: readonly string[];
  readonly reason: string;
  /** Markup of Detail, at most 4096 characters. */
  readonly detail: string;
}
export interface SoapMessage {
  readonly action: string;
  readonly relatesTo: string;
  /** `{namespace}name` of Body's first child; '' when Body is empty. */
  readonly body: string;
  readonly fault: SoapFault | null;
}
export type SoapRead = { readonly message: SoapMessage; readonly wrong: null } | { readonly message: null; readonly wrong: Finding };

const maxDepth = 200;
const maxDetail = 4096;
const localName = (qname: string): string => qname.trim().replace(/^.*:/s, '');

class Stop extends Error {
  readonly why: Finding;
  constructor(why: Finding) { super(why.code); this.why = why; }
}

/** Headers and fault of an envelope; what the body says beside is left to its own reader. */
class EnvelopeScanner {
  readonly #parser = new SaxesParser({ xmlns: true, position: true });
  readonly #xml: string;
  /** Path of the open elements: `soap:` for SOAP's, `wsa:` for addressing's, `?` for any other. */
  readonly #path: string[] = [];
  #text = '';
  #detailFrom = -1;
  action = ''; relatesTo = ''; body = ''; reason = ''; detail = '';
  readonly codes: string[] = [];
  faulted = false;

  constructor(xml: string) {
    this.#xml = xml;
    this.#parser.on('doctype', () => { throw new Stop(finding('soap.dtd', '')); });
    this.#parser.on('opentag', (tag) => this.#opened(tag));
    this.#parser.on('closetag', () => this.#closed());
    this.#parser.on('text', (text) => { this.#text += text; });
    this.#parser.on('cdata', (text) => { this.#text += text; });
  }

  read(): void {
    this.#parser.write(this.#xml).close();
  }
  get place(): [string, string] { return [String(this.#parser.line), String(this.#parser.column)]; }

  #opened({ uri, local }: SaxesTagNS): void {
    const depth = this.#path.push(uri === namespaces.soap ? `soap:${local}` : uri === namespaces.wsa ? `wsa:${local}` : '?');
    if (depth > maxDepth) throw new Stop(finding('soap.limits', '', `maxDepth ${maxDepth}`));
    if (depth === 1 && this.#path[0] !== 'soap:Envelope') throw new Stop(finding('soap.envelope', ''));
    if (depth === 3 && this.#path[1] === 'soap:Body' && this.body === '') this.body = `{${uri}}${local}`;
    if (depth === 3 && this.#path.join('/') === 'soap:Envelope/soap:Body/soap:Fault') this.faulted = true;
    if (depth === 4 && this.faulted && this.#path[3] === 'soap:Detail') this.#detailFrom = this.#parser.position;
    this.#text = '';
  }

  #closed(): void {
    const path = this.#path;
    const [, part, third, name] = path;
    if (part === 'soap:Header' && path.length === 3) {
      if (third === 'wsa:Action') this.action = this.#text.trim();
      if (third === 'wsa:RelatesTo') this.relatesTo = this.#text.trim();
    }
    if (this.faulted && part === 'soap:Body') {
      if (path.at(-1) === 'soap:Value' && name === 'soap:Code') this.codes.push(localName(this.#text));
      if (name === 'soap:Reason' && path.at(-1) === 'soap:Text' && this.reason === '') this.reason = this.#text.trim();
      if (name === 'soap:Detail' && path.length === 4) this.detail = this.#xml.slice(this.#detailFrom, this.#xml.lastIndexOf('</', this.#parser.position - 1)).trim().slice(0, maxDetail);
    }
    path.pop();
    this.#text = '';
  }
}

/** Reads the envelope of a SOAP 1.2 message in UTF-8. Never throws; a DOCTYPE is refused (SOAP 1.2 §5). */
export function readSoap(bytes: Uint8Array): SoapRead {
  let xml: string;
  try { xml = new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { return { message: null, wrong: finding('soap.not-well-formed', '', '1', '1') }; }
  const scanner = new EnvelopeScanner(xml);
  try { scanner.read(); } catch (error) {
    return { message: null, wrong: error instanceof Stop ? error.why : finding('soap.not-well-formed', '', ...scanner.place) };
  }
  const { action, relatesTo, body, reason, detail, codes: [code = '', ...subcodes] } = scanner;
  return { message: { action, relatesTo, body, fault: scanner.faulted ? { code, subcodes, reason, detail } : null }, wrong: null };
}
