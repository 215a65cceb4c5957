import { errorList, statusUri, type RegistryError } from '../answer.ts';
import { deleted, query as queryNs, rim } from '../namespaces.ts';
import type { Received } from '../received.ts';
import type { Entry } from '../registry.ts';
import { codedParameters, parameter, timeParameters } from '../rules/query.ts';
import { getDocuments } from '../transaction.ts';
import { insOf, names, said } from '../vihf.ts';
import { attr, escape, one } from '../xml.ts';

const values = (texts: readonly string[]): string[] => texts.flatMap((text) => [...text.matchAll(/'((?:[^']|'')*)'/g)].map((found) => (found[1] ?? '').replaceAll("''", "'")));
const number = (cx: string): string => { const ins = insOf(cx); return ins === null ? '' : `${ins.value} ${ins.oid}`; };

/** What this caller may see: the patient of its VIHF, nothing deleted, masked documents for their author's structure only. */
export function visible(entry: Entry, { vihf }: Received): boolean {
  const own = entry.structures.includes(said(vihf, names.structure));
  const masked = (entry.codes.confidentialityCode ?? []).some((code) => code.startsWith('MASQUE_PS^'));
  const reader = said(vihf, names.mode) !== 'INDIRECTE';
  return number(entry.patientId) === number(said(vihf, names.resource)) && entry.status !== deleted && (own || (reader && !masked));
}

function matches(entry: Entry, query: Parameters<typeof parameter>[0]): boolean {
  const statuses = values(parameter(query, '$XDSDocumentEntryStatus'));
  return statuses.includes(entry.status)
    && Object.entries(codedParameters).every(([name, metadata]) => { const wanted = values(parameter(query, name)); return wanted.length === 0 || wanted.some((code) => (entry.codes[metadata] ?? []).includes(code)); })
    && Object.entries(timeParameters).every(([name, [metadata, lower]]) => {
      const [bound] = parameter(query, name), time = entry.times[metadata] ?? '';
      return bound === undefined || (time !== '' && (lower ? time.padEnd(14, '0') >= bound.padEnd(14, '0') : time.padEnd(14, '0') < bound.padEnd(14, '0')));
    });
}

/** TD3.1a and TD3.1b. A uniqueId that is not there gives no reference, not an error (dmp.md §9). */
export function queried(received: Received): Entry[] {
  const { body, registry } = received;
  const query = one(body, 'AdhocQuery');
  if (query === null) return [];
  const refs = attr(one(body, 'ResponseOption'), 'returnType') === 'ObjectRef';
  if (attr(query, 'id') === getDocuments) {
    const uniqueIds = values(parameter(query, '$XDSDocumentEntryUniqueId')), uuids = values(parameter(query, '$XDSDocumentEntryEntryUUID'));
    return [...registry.entries.values()].filter((entry) => (uniqueIds.includes(entry.uniqueId) || uuids.includes(entry.entryUuid))
      && (visible(entry, received) || (refs && entry.status !== deleted && number(entry.patientId) === number(said(received.vihf, names.resource)))));
  }
  const patient = number(values(parameter(query, '$XDSDocumentEntryPatientId'))[0] ?? '');
  return [...registry.entries.values()].filter((entry) => number(entry.patientId) === patient && visible(entry, received) && matches(entry, query));
}

export function queriedAnswer(received: Received, found: readonly Entry[], errors: readonly RegistryError[]): { action: string; body: string } {
  const refs = attr(one(received.body, 'ResponseOption'), 'returnType') === 'ObjectRef';
  const status = errors.some((one) => one.severity === 'Error') ? 'Failure' : 'Success';
  const list = found.map((entry) => (refs ? `<rim:ObjectRef id="${escape(entry.entryUuid)}"/>` : entry.xml)).join('');
  return {
    action: 'urn:ihe:iti:2007:RegistryStoredQueryResponse',
    body: `<query:AdhocQueryResponse xmlns:query="${queryNs}" status="${statusUri(status)}">${errorList(errors)}<rim:RegistryObjectList xmlns:rim="${rim}">${list}</rim:RegistryObjectList></query:AdhocQueryResponse>`,
  };
}
