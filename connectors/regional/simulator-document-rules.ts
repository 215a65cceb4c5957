import { createHash } from 'node:crypto';
import { tokenOf } from './simulator-store.ts';
import { codes, entries, list, object, ofType, text, type Arrived, type Json, type Placed, type Rule } from './simulator-rule.ts';

const pdsm = 'PDSm 3.1.1';
const documents = (arrived: Arrived): Placed[] => ofType(arrived, 'DocumentReference');
const attachment = ({ resource }: Placed): Json => object(list(resource.content)[0]?.attachment);
const containedType = (resource: Json, reference: unknown): string => {
  const id = text(object(reference).reference).slice(1);
  return text(list(resource.contained).find((one) => one.id === id)?.resourceType);
};

const perDocument = (name: string, source: string, test: (placed: Placed, arrived: Arrived) => string | null): Rule => ({
  name, source, on: ['transaction'],
  check: (arrived) => documents(arrived).flatMap((placed) => { const said = test(placed, arrived); return said === null ? [] : [{ at: `${placed.at}.resource`, text: said }]; }),
});

/** What the document registry checks of a submission (ITI-65). */
export const documentRules: Rule[] = [
  {
    name: 'submission-set', source: `${pdsm} comprehensive-provide-document-bundle, List 1..1`, on: ['transaction'],
    check: (arrived) => {
      const found = documents(arrived), sets = ofType(arrived, 'List').filter(({ resource }) => codes(resource.code).includes('submissionset'));
      if (found.length === 0 && sets.length === 0) return [];
      const [set] = sets;
      if (set === undefined || sets.length > 1) return [{ at: 'Bundle.entry', text: 'a submission has exactly one submission set' }];
      const items = list(set.resource.entry).map((one) => text(object(one.item).reference));
      return found.every((one) => items.includes(one.fullUrl)) && items.length === found.length ? [] : [{ at: `${set.at}.resource.entry`, text: 'the set does not list the documents submitted' }];
    },
  },
  {
    name: 'submission-set-source', source: `${pdsm} submissionset-comprehensive: source contained, designationType, ihe-sourceId`, on: ['transaction'],
    check: (arrived) => ofType(arrived, 'List').flatMap(({ at, resource }) => {
      const urls = list(resource.extension).map((one) => text(one.url));
      const ok = ['PractitionerRole', 'Device', 'Patient'].includes(containedType(resource, resource.source)) && ['ihe-designationType', 'ihe-sourceId'].every((name) => urls.some((url) => url.endsWith(name)));
      return ok ? [] : [{ at: `${at}.resource`, text: 'source, designationType or sourceId is missing' }];
    }),
  },
  perDocument('document-author', `${pdsm} comprehensive-document-reference: author 1.. contained`, ({ resource }) =>
    (list(resource.author).length > 0 && list(resource.author).every((one) => containedType(resource, one) !== '') ? null : 'the authors are not contained')),
  perDocument('document-required', `${pdsm} comprehensive-document-reference: masterIdentifier, type, date, title, period.start`, ({ resource }, arrived) => {
    const missing = [
      [object(resource.masterIdentifier).value, 'masterIdentifier'], [codes(resource.type)[0], 'type'], [resource.date, 'date'],
      [attachment({ resource } as Placed).title, 'attachment.title'], [object(object(resource.context).period).start, 'context.period.start'],
    ].filter(([value]) => value === undefined || value === '').map(([, name]) => String(name));
    const subject = ofType(arrived, 'Patient').some((one) => one.fullUrl === text(object(resource.subject).reference));
    return missing.length === 0 && subject ? null : `missing: ${[...missing, ...(subject ? [] : ['subject'])].join(', ')}`;
  }),
  perDocument('document-bytes', `${pdsm}: attachment.url is the Binary of the transaction; size and SHA-1 hash over its bytes`, (placed, arrived) => {
    const { url, size, hash, data } = attachment(placed);
    const binary = entries(arrived).find((one) => one.fullUrl === url && one.resource.resourceType === 'Binary');
    if (binary === undefined || data !== undefined) return 'the bytes are not a Binary of the same transaction';
    const bytes = Buffer.from(text(binary.resource.data), 'base64');
    return bytes.length > 0 && bytes.length === size && createHash('sha1').update(bytes).digest('base64') === hash ? null : 'size or hash do not fit the bytes';
  }),
  {
    name: 'superseded-by-another', source: `${pdsm} flows 03/04; XDS replacement`, on: ['transaction'],
    check: (arrived) => entries(arrived).flatMap(({ at, request, resource }) => {
      if (text(request.method) !== 'PATCH' || !JSON.stringify(resource).includes('"superseded"')) return [];
      const token = tokenOf(text(request.url).split('?')[1] ?? '');
      const replaced = arrived.store.all('DocumentReference').flatMap((one) => list(one.relatesTo)).map((one) => object(object(one.target).identifier));
      return replaced.some((one) => `${text(one.system)}|${text(one.value)}` === token) ? [] : [{ at, text: 'superseded, and no stored document says that it replaces it' }];
    }),
  },
];
