import { documentRules } from './simulator-document-rules.ts';
import { eventRules } from './simulator-event-rules.ts';
import { patientRules } from './simulator-patient-rules.ts';
import { entries, object, ofType, text, within, type Placed, type Rule } from './simulator-rule.ts';
import { tokenOf } from './simulator-store.ts';

const r4 = 'FHIR R4 §3.1.0.11.2';
const contract = 'regional.md §5.2';

const conditionOf = ({ request }: Placed): string => {
  const { ifNoneExist, url } = request;
  return text(ifNoneExist) === '' ? text(url).split('?')[1] ?? '' : text(ifNoneExist);
};
const tokens = (placed: Placed): string[] => {
  const { identifier, masterIdentifier } = placed.resource;
  return [...(Array.isArray(identifier) ? identifier as unknown[] : [identifier]), masterIdentifier].map((one) => `${text(object(one).system)}|${text(object(one).value)}`);
};

const requestRules: Rule[] = [
  {
    name: 'content-type', source: 'FHIR R4 §3.1.0.1.8', on: ['transaction', 'event'],
    check: ({ headers }) => (/^application\/(fhir\+json|json\+fhir)\b/.test(text(headers['content-type'])) ? [] : [{ at: 'content-type', text: 'must be application/fhir+json' }]),
  },
  {
    name: 'no-patient-in-url', source: 'Passerelle invariant 10', on: ['transaction', 'event', 'search', 'other'],
    check: ({ url }) => (/[?&](identifier|patient|subject|name|birthdate)/i.test(url) ? [{ at: 'url', text: 'a patient is looked for in the URL' }] : []),
  },
  {
    name: 'transaction-shape', source: r4, on: ['transaction'],
    check: (arrived) => [
      ...(entries(arrived).length === 0 ? [{ at: 'Bundle.entry', text: 'empty transaction' }] : []),
      ...entries(arrived).filter((one) => text(one.request.method) === '' || text(one.request.url) === '').map(({ at }) => ({ at, text: 'entry without request' })),
      ...entries(arrived).filter((one) => text(one.request.method) !== 'PATCH' && !/^urn:uuid:[0-9a-f-]{36}$/.test(one.fullUrl)).map(({ at }) => ({ at: `${at}.fullUrl`, text: 'fullUrl must be a urn:uuid' })),
    ],
  },
  {
    name: 'references-resolve', source: `${contract}.6`, on: ['transaction'],
    check: (arrived) => {
      const known = new Set(entries(arrived).map((one) => one.fullUrl));
      return entries(arrived).flatMap((entry) => [...within(entry.resource, `${entry.at}.resource`)].flatMap(({ at, object: one }) => {
        const reference = text(one.reference);
        if (reference === '' || reference.startsWith('#') || known.has(reference)) return [];
        return [{ at: `${at}.reference`, text: reference.startsWith('urn:uuid:') ? 'names no entry of the transaction' : 'is not a urn:uuid' }];
      }));
    },
  },
  {
    name: 'contained-resolves', source: 'FHIR R4 dom-3', on: ['transaction', 'event'],
    check: (arrived) => {
      const resources = arrived.kind === 'event' ? [{ at: 'CommunicationRequest', resource: arrived.body }] : entries(arrived);
      return resources.flatMap(({ at, resource }) => {
        const contained = (Array.isArray(resource.contained) ? resource.contained as unknown[] : []).map((one) => text(object(one).id));
        const named = [...within(resource, at)].map(({ object: one }) => text(one.reference)).filter((one) => one.startsWith('#')).map((one) => one.slice(1));
        return [
          ...named.filter((id) => !contained.includes(id)).map(() => ({ at, text: 'a # reference names nothing contained' })),
          ...contained.filter((id) => !named.includes(id)).map(() => ({ at: `${at}.contained`, text: 'a contained resource is named by nothing' })),
        ];
      });
    },
  },
  {
    name: 'conditional', source: `${contract}.3`, on: ['transaction'],
    check: (arrived) => entries(arrived).filter((one) => one.resource.resourceType !== 'Binary' && tokenOf(conditionOf(one)) === null)
      .map(({ at }) => ({ at: `${at}.request`, text: 'neither ifNoneExist nor a condition by identifier: a replay would duplicate it' })),
  },
  {
    name: 'condition-is-own-identifier', source: `${contract}.2`, on: ['transaction'],
    check: (arrived) => entries(arrived).filter((one) => text(one.request.method) !== 'PATCH').flatMap((one) => {
      const token = tokenOf(conditionOf(one));
      return token === null || tokens(one).includes(token) ? [] : [{ at: `${one.at}.resource.identifier`, text: 'the resource does not carry the identifier of its condition' }];
    }),
  },
  {
    name: 'one-entry-per-thing', source: r4, on: ['transaction'],
    check: (arrived) => {
      const seen = new Set<string>();
      return entries(arrived).flatMap((one) => {
        const key = `${text(one.resource.resourceType)}|${conditionOf(one)}`;
        if (conditionOf(one) === '' || !seen.has(key)) { seen.add(key); return []; }
        return [{ at: one.at, text: 'two entries concern the same resource' }];
      });
    },
  },
  {
    name: 'result-is-of-the-patient', source: 'FHIR R4 Observation.subject; regional.md §5.2.6', on: ['transaction'],
    check: (arrived) => {
      const known = new Set(ofType(arrived, 'Patient').map((one) => one.fullUrl));
      return [...ofType(arrived, 'Observation'), ...ofType(arrived, 'DiagnosticReport')]
        .filter(({ resource }) => !known.has(text(object(resource.subject).reference)) || text(resource.status) === '' || resource.code === undefined)
        .map(({ at }) => ({ at: `${at}.resource`, text: 'a result needs its patient in the transaction, a status and a code' }));
    },
  },
  {
    name: 'result-keeps-its-patient', source: 'FHIR R4 §3.1.0.7.2: a condition that finds another patient\'s result would give it away', on: ['transaction'],
    check: (arrived) => {
      const found = (type: string, placed: Placed): string | undefined => arrived.store.ids(type, tokenOf(conditionOf(placed)) ?? '')[0];
      const there = new Map(ofType(arrived, 'Patient').map((one) => [one.fullUrl, found('Patient', one)]));
      return ['Observation', 'DiagnosticReport', 'ServiceRequest', 'Specimen'].flatMap((type) => ofType(arrived, type).filter((one) => {
        const id = found(type, one);
        const before = id === undefined ? '' : text(object(arrived.store.get(type, id)?.subject).reference);
        return before !== '' && before !== `Patient/${there.get(text(object(one.resource.subject).reference)) ?? ''}`;
      }).map(({ at }) => ({ at: `${at}.resource.subject`, text: 'this identifier is that of another patient\'s result' })));
    },
  },
];

/** Every rule of the simulated partner. */
export const rules: readonly Rule[] = [...requestRules, ...patientRules, ...documentRules, ...eventRules];
