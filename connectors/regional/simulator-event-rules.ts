import { codes, list, object, text, within, type Json, type Rule } from './simulator-rule.ts';

const nde = 'NdE 3.0.0 nde-eventdeclaration';
const types = new Set(['ADM', 'AUT', 'CDM', 'DEM', 'DEL', 'DOC', 'ECH', 'ESD', 'NCO', 'NOT', 'POS', 'REC', 'SOR']);
const extension = (body: Json, name: string): Json => list(body.extension).find((one) => text(one.url).endsWith(`/${name}`)) ?? {};
const typeOf = (body: Json): string => codes(extension(body, 'event-type').valueCodeableConcept)[0] ?? '';
const containedType = (body: Json, reference: unknown): string => {
  const id = text(object(reference).reference).slice(1);
  return text(list(body.contained).find((one) => one.id === id)?.resourceType);
};

/** What the event manager checks of a declaration (flow 3). */
export const eventRules: Rule[] = [
  {
    name: 'event-shape', source: `${nde}: event-type JDV_J46 1..1, event-time 1..1, payload 1..1`, on: ['event'],
    check: ({ body }) => [
      ...(types.has(typeOf(body)) ? [] : [{ at: 'CommunicationRequest.extension', text: 'event-type is not of JDV_J46' }]),
      ...(/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?$/.test(text(extension(body, 'event-time').valueDateTime)) ? [] : [{ at: 'CommunicationRequest.extension', text: 'event-time is missing or has no offset' }]),
      ...(list(body.payload).length === 1 ? [] : [{ at: 'CommunicationRequest.payload', text: 'exactly one payload' }]),
    ],
  },
  {
    name: 'event-subject', source: `${nde}: subject and requester contained, subject xor about`, on: ['event'],
    check: ({ body }) => (containedType(body, body.subject) === 'Patient' && ['Organization', 'Practitioner'].includes(containedType(body, body.requester)) && body.about === undefined
      ? [] : [{ at: 'CommunicationRequest', text: 'a contained patient and a contained declarant are needed' }]),
  },
  {
    name: 'event-carries-no-document', source: 'regional.md §5.2.11', on: ['event'],
    check: ({ body, size }) => {
      const carried = [...within(body, 'CommunicationRequest')].find(({ object: one }) => one.resourceType === 'Binary' || one.contentAttachment !== undefined || one.data !== undefined);
      return carried === undefined && size < 32_768 ? [] : [{ at: carried?.at ?? 'CommunicationRequest', text: 'an event never carries a document' }];
    },
  },
  {
    name: 'event-after-its-document', source: 'regional.md §5.1 R4', on: ['event'],
    check: ({ body, store }) => {
      if (typeOf(body) !== 'DOC') return [];
      const identifier = object(object(list(body.payload)[0]?.contentReference).identifier);
      return store.ids('DocumentReference', `${text(identifier.system)}|${text(identifier.value)}`).length > 0 ? [] : [{ at: 'CommunicationRequest.payload', text: 'the document is not there yet' }];
    },
  },
  {
    name: 'event-once', source: 'regional.md §5.3 T1: If-None-Exist', on: ['event'],
    check: ({ body, headers }) => {
      const [identifier] = list(body.identifier);
      const condition = decodeURIComponent(text(headers['if-none-exist']));
      return identifier !== undefined && condition === `identifier=${text(identifier.system)}|${text(identifier.value)}` ? [] : [{ at: 'if-none-exist', text: 'an event is declared on condition of its own identifier' }];
    },
  },
];
