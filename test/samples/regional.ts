import { createHash } from 'node:crypto';
import type { Bundle } from '@medplum/fhirtypes';
import { open } from '../../connectors/regional/connector.ts';
import { regional } from '../../connectors/regional/definition.ts';
import type { RegionalConfig } from '../../connectors/regional/config.ts';
import type { RegionalContent } from '../../connectors/regional/envelope.ts';
import type { Connector, Sending, Work } from '../../src/deliver/connector.ts';
import { binaryUrl } from './bundles.ts';

export const cda = Buffer.from('<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>é œ €</title></ClinicalDocument>');

export const settings = (baseUrl: string, more: Record<string, unknown> = {}): RegionalConfig =>
  regional.config({ baseUrl, flows: ['results', 'documents', 'patients', 'events'], declarant: { idNatSt: '1990000001', name: 'Établissement fictif' }, ...more }, 'region');

export const region = (config: RegionalConfig, clock: () => number = () => 1_800_000_000_000): Connector => open(config, { clock, ids: () => 'id', destination: 'region' });

/** Work of the n-th message; its document, when it has one, is `cda`. */
export function work(content: Partial<RegionalContent>, bundle: Bundle, n: number, qualified = true, bytes: Uint8Array = cda): Work {
  const gate: Work['gate'] = { identities: [], birthDate: null, sex: null, qualified: false, messageQualified: qualified, dmpConsentOf: null, test: true, after: [] };
  return {
    trace: `trace-${String(n)}`, destination: 'region', action: 'submit', gate, bundle,
    content: { kind: 'results', event: null, action: 'submit', binaries: { [binaryUrl(n)]: 'document-1' }, ...content },
    documents: new Map([['document-1', { size: bytes.length, sha1: createHash('sha1').update(bytes).digest('hex') }]]),
  };
}

/** A first attempt: the envelope with its bodies readable, as the journal gives them. */
export function sendingTo(config: RegionalConfig, content: Partial<RegionalContent>, bundle: Bundle, n: number, qualified = true): Sending {
  const { envelope } = regional.prepare(work(content, bundle, n, qualified), config, null);
  const body = (step: number): Promise<Uint8Array> => Promise.resolve(Buffer.concat((envelope.steps[step]?.body ?? []).map((part) =>
    (part instanceof Uint8Array ? part : Buffer.from(part.encoding === 'raw' ? cda : cda.toString('base64'))))));
  return { key: `trace-${String(n)}/1`, attempt: 1, possibleDuplicate: false, envelope, body };
}
