import { createHash } from 'node:crypto';
import { classified, identifier, isSignature, slot, structures, type RegistryObject } from '../lot.ts';
import { rim, scheme } from '../namespaces.ts';
import type { Entry } from '../registry.ts';
import { repositoryId } from '../rules/query.ts';
import { escape, type El } from '../xml.ts';

const write = (element: El, change: (name: string, value: string) => string): string => {
  const attrs = Object.entries(element.attrs).map(([name, value]) => ` ${name === 'lang' ? 'xml:lang' : name}="${escape(change(name, value))}"`).join('');
  return `<${element.name}${attrs}>${element.children.map((child) => write(child, change)).join('')}${element.children.length === 0 ? escape(element.text) : ''}</${element.name}>`;
};

/** An ExtrinsicObject as the record gives it back: with its entryUUID, lid, status, version and repository. */
export function extrinsicObject(element: El, entry: Omit<Entry, 'xml'>): string {
  const of = (name: string): El[] => element.children.filter((child) => child.name === name);
  const rename = (name: string, value: string): string => (name === 'classifiedObject' || name === 'registryObject' ? entry.entryUuid : value);
  const slots = of('Slot').filter((child) => !['repositoryUniqueId', 'hash', 'size'].includes(child.attrs.name ?? '')).map((child) => write(child, rename));
  const set = (name: string, value: string): string => `<Slot name="${name}"><ValueList><Value>${escape(value)}</Value></ValueList></Slot>`;
  return `<ExtrinsicObject xmlns="${rim}" id="${entry.entryUuid}" lid="${entry.lid}" status="${entry.status}" mimeType="${escape(entry.mimeType)}" objectType="${escape(element.attrs.objectType ?? '')}">`
    + [...slots, set('hash', entry.hash), set('size', String(entry.size)), set('repositoryUniqueId', repositoryId), ...['Name', 'Description'].flatMap((name) => of(name).map((child) => write(child, rename))),
      `<VersionInfo versionName="${String(entry.version)}"/>`, ...['Classification', 'ExternalIdentifier'].flatMap((name) => of(name).map((child) => write(child, rename)))].join('') + '</ExtrinsicObject>';
}

/** The same version under another status or another identity. */
export function restate(entry: Entry, change: Partial<Pick<Entry, 'status' | 'entryUuid' | 'version' | 'uniqueId' | 'lid'>>): Entry {
  const next = { ...entry, ...change };
  const xml = entry.xml.replaceAll(entry.entryUuid, next.entryUuid).replace(/ lid="[^"]*"/, ` lid="${next.lid}"`).replace(` status="${entry.status}"`, ` status="${next.status}"`)
    .replace(/<VersionInfo [^>]*>/, `<VersionInfo versionName="${String(next.version)}"/>`).replaceAll(`value="${escape(entry.uniqueId)}"`, `value="${escape(next.uniqueId)}"`);
  return { ...next, xml };
}

const coded = ['classCode', 'typeCode', 'formatCode', 'confidentialityCode', 'healthcareFacilityTypeCode', 'practiceSettingCode', 'eventCodeList'] as const;

/** The first version of a submitted document, or, with `previous`, the next one. */
export function entryOf(object: RegistryObject, bytes: Buffer | null, identity: Pick<Entry, 'entryUuid' | 'lid' | 'version' | 'status'>, previous?: Entry): Entry {
  const entry = {
    ...identity, uniqueId: identifier(object, scheme.uniqueId), patientId: identifier(object, scheme.patientId).replace(/\^\^20100907$/, ''),
    hash: bytes === null ? previous?.hash ?? '' : createHash('sha1').update(bytes).digest('hex'), size: bytes?.length ?? previous?.size ?? 0, mimeType: object.element.attrs.mimeType ?? '',
    codes: Object.fromEntries(coded.map((name) => [name, classified(object, scheme[name]).map((one) => `${one.node}^^${one.codingScheme}`)])),
    times: Object.fromEntries(['creationTime', 'serviceStartTime', 'serviceStopTime'].map((name) => [name, slot(object, name)])),
    structures: structures(object, scheme.author), persons: classified(object, scheme.author).map((one) => slot(one, 'authorPerson').split('^')[0] ?? ''), signature: isSignature(object),
  };
  return { ...entry, xml: extrinsicObject(object.element, entry) };
}
