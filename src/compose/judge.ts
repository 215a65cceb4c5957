import { randomUUID } from 'node:crypto';
import type { Bundle } from '@medplum/fhirtypes';
import type { Config, SourceSettings } from '../config/model.ts';
import { isMailbox } from '../domain/message.ts';
import type { Finding } from '../domain/finding.ts';
import { identify } from '../formats/identify.ts';
import type { ReadDocument } from '../formats/reading.ts';
import { fits } from '../intake/sources.ts';
import type { Planned, Planner } from '../planner.ts';

const nothingKnown = { upTo: 0, known: [] };

/** The configured source that sends such messages, else one that grants nothing special: judging lets nobody in. */
function sourceFor(config: Config, sender: string): SourceSettings {
  const named = config.sources.find((one) => one.senders.some((pattern) => fits(pattern.includes('|') ? pattern : `${pattern}|*`, sender)));
  const answers = config.destinations.find((one) => one.system === 'hl7v2')?.id ?? null;
  return named ?? {
    id: 'check', timeZone: 'Europe/Paris', strictness: 'tolerant', answersTo: answers, establishment: null, listeners: [], senders: [],
    certificate: null, token: null, networks: [], unknownConsent: 'follow', organisation: '',
  };
}

/** The configured mailbox, else one that is about nothing: a mail is read the same way by all. */
function mailboxSource(config: Config): SourceSettings {
  return config.sources.find(isMailbox) ?? { ...sourceFor({ ...config, sources: [] }, ''), id: 'check', answersTo: null, notices: ['check'] };
}

/** One message through every stage but sending, with nothing known from before. `mail`: as a mailbox brings it. */
export function planOf(bytes: Uint8Array, config: Config, planner: Planner, mail = false): Planned {
  if (mail) return planner.plan({ bytes, source: mailboxSource(config), trace: randomUUID(), receivedAt: Date.now() }, () => nothingKnown);
  const identified = identify(bytes);
  return planner.plan({ bytes, source: sourceFor(config, identified.sender), trace: randomUUID(), receivedAt: Date.now() }, () => nothingKnown);
}

/** The Bundle as a reader wants it: each Binary with its document's bytes. The journal keeps them apart. */
function withDocuments(bundle: Bundle, binaries: Readonly<Record<string, string>>, documents: readonly ReadDocument[]): Bundle {
  const entry = bundle.entry?.map((one) => {
    const name = one.fullUrl === undefined ? undefined : binaries[one.fullUrl];
    const document = documents.find((each) => each.name === name);
    return document === undefined || one.resource?.resourceType !== 'Binary' ? one : { ...one, resource: { ...one.resource, data: Buffer.from(document.bytes).toString('base64') } };
  });
  return { ...bundle, ...(entry === undefined ? {} : { entry }) };
}

export interface Converted { readonly format: string; readonly messageType: string; readonly bundle: Bundle; readonly findings: readonly Finding[]; readonly loss: Planned['understood']['normalized']['losses'] }

/** read and normalize, as `convert` and `$convert` show them. */
export function converted({ understood: { reading, normalized, order } }: Planned): Converted {
  return {
    format: reading.format, messageType: reading.identified.type, bundle: withDocuments(normalized.bundle, normalized.binaries, reading.documents),
    findings: [...reading.findings, ...reading.documents.flatMap((one) => one.findings), ...(order?.findings ?? []), ...normalized.findings], loss: normalized.losses,
  };
}
