import type { Bundle } from '@medplum/fhirtypes';
import type { Step } from '../../src/domain/delivery.ts';
import type { Prepared, Work } from '../../src/deliver/connector.ts';
import type { Emission } from '../../src/emit/resource.ts';
import { ResourceTexts } from '../../src/emit/texts.ts';
import type { Flow, RegionalConfig } from './config.ts';
import { indexOf, type Index, type RegionalContent } from './content.ts';
import { deletionEntries, documentEntries, provideBundle, supersedeEntries } from './documents.ts';
import { eventOf, type Declared } from './event.ts';
import { patientEntries } from './patients.ts';
import { resultsEntries } from './results.ts';
import { byIdentifier, transactionBody, transactionBundle, type Entry, type Token } from './transaction.ts';

export type { RegionalContent } from './content.ts';

interface Made { readonly entries: readonly Entry[]; readonly profiles?: readonly string[]; readonly masters?: readonly Token[] }

function entriesOf(work: Work, content: RegionalContent, index: Index, emission: Emission, config: RegionalConfig): Made {
  const texts = work.texts ?? new ResourceTexts();
  switch (content.kind) {
    case 'results': return { entries: resultsEntries(index, emission, config.quirks, texts) };
    case 'patient': return { entries: patientEntries(index, emission) };
    case 'document': {
      if (content.action === 'delete') return { entries: deletionEntries(content) };
      const { entries, masters } = documentEntries({ index, emission, content, documents: work.documents, quirks: config.quirks, trace: work.trace });
      // A report may come both as a file and as values: the values go with it, or nobody would ever see them.
      const hasValues = [...index.values()].some((one) => one.resourceType === 'Observation');
      const values = hasValues && config.flows.includes('results') && entries.length > 0 ? resultsEntries(index, emission, config.quirks, texts) : [];
      const there = new Set(entries.map((one) => one.fullUrl));
      return { entries: [...entries, ...values.filter((one) => !there.has(one.fullUrl))], masters, profiles: [provideBundle] };
    }
  }
}

const flowOf: Readonly<Record<RegionalContent['kind'], Flow>> = { results: 'results', document: 'documents', patient: 'patients' };

/** `places` tells, for each entry, where in the message it comes from: a refusal of the partner names the entry. */
const transactionStep = (name: 'transaction' | 'supersede', { entries, profiles = [] }: Made): Step => ({
  name, meta: { method: 'POST', path: '', places: entries.map((one) => one.place).join(' ') }, body: transactionBody(entries, profiles),
});
const eventStep = ({ resource, token }: Declared): Step => ({
  name: 'event', meta: { method: 'POST', path: 'CommunicationRequest', ifNoneExist: byIdentifier(token), places: 'MSH' }, body: [Buffer.from(JSON.stringify(resource))],
});

/**
 * What leaves for one delivery, frozen (design.md §4): one transaction, then what follows from its success: the versions
 * it replaces superseded, and the event declared. No step at all means that there is nothing this destination takes.
 */
export function prepare(work: Work, config: RegionalConfig): Prepared {
  const content = work.content as unknown as RegionalContent;
  const bundle = (work.bundle ?? { resourceType: 'Bundle', type: 'message' }) as Bundle;
  const index = indexOf(bundle);
  const emission: Emission = { generation: config.frCore, qualified: work.gate.messageQualified };
  const made: Made = config.flows.includes(flowOf[content.kind]) ? entriesOf(work, content, index, emission, config) : { entries: [] };
  const { event } = content;
  const { declarant } = config;
  const declares = config.flows.includes('events') && content.action !== 'delete' && made.entries.length > 0;
  const declared = declares && event !== null && declarant !== null ? eventOf(bundle, index, event, declarant, emission, work.trace, made.masters?.[0] ?? null) : null;
  const superseded = content.kind === 'document' && made.entries.length > 0 ? supersedeEntries(content) : [];
  const transactions = [
    ...(made.entries.length === 0 ? [] : [{ name: 'transaction' as const, made }]),
    // Each on its own: of a pair, the region may never have had one of the earlier versions.
    ...superseded.map((entry) => ({ name: 'supersede' as const, made: { entries: [entry] } })),
  ];
  return {
    envelope: { steps: [...transactions.map((one) => transactionStep(one.name, one.made)), ...(declared === null ? [] : [eventStep(declared)])] },
    emitted: () => [
      ...transactions.map(({ name, made: { entries, profiles } }: { name: string; made: Made }) => ({ step: name, resource: transactionBundle(entries, profiles) })),
      ...(declared === null ? [] : [{ step: 'event', resource: declared.resource }]),
    ],
    headers: {
      frCore: config.frCore,
      requests: [
        ...transactions.map(({ made: { entries } }) => ({ method: 'POST', path: '/', interaction: 'transaction', entries: entries.map(({ request, resource }) => `${request.method} ${request.method === 'PATCH' ? 'DocumentReference' : resource.resourceType}`) })),
        ...(declared === null ? [] : [{ method: 'POST', path: '/CommunicationRequest', interaction: 'create', event: content.event }]),
      ],
    },
  };
}
