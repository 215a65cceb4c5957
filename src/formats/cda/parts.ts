import { finding, type Finding } from '../../domain/finding.ts';
import { at, attribute, children, text, type Element } from './element.ts';
import type { CdaOrganization, CdaTime, Coded, InstanceId, NamePart, PersonName } from './header.ts';
import { noTime, readTime } from './time.ts';

/** Reads the data types of a header and collects what is wrong with them; `place` is the XPath of the element read. */
export interface Reader { readonly timeZone: string; readonly findings: Finding[] }

const instanceId = (element: Element): InstanceId => ({ root: attribute(element, 'root'), extension: attribute(element, 'extension'), nullFlavor: attribute(element, 'nullFlavor') });
/** Every `id` child. */
export const ids = (element: Element | null): InstanceId[] => children(element, 'id').map(instanceId);
export const id = (element: Element | null): InstanceId | null => element === null ? null : instanceId(element);

export const coded = (element: Element | null): Coded => ({
  code: attribute(element, 'code'), system: attribute(element, 'codeSystem'), systemName: attribute(element, 'codeSystemName'),
  display: attribute(element, 'displayName'), nullFlavor: attribute(element, 'nullFlavor'),
});
export const maybeCoded = (element: Element | null): Coded | null => element === null ? null : coded(element);

/** A `value` attribute read as a time; '' when the element is absent or has no value (nullFlavor). */
export function time(reader: Reader, element: Element | null, place: string): CdaTime {
  const raw = attribute(element, 'value');
  if (raw === '') return noTime;
  const read = readTime(raw, reader.timeZone);
  if (read === null) { reader.findings.push(finding('document.time', `${place}/@value`, `${place}/@value`)); return { ...noTime, raw }; }
  if (!read.hadOffset && read.utc.length > 8) reader.findings.push(finding('document.time-without-offset', `${place}/@value`, `${place}/@value`));
  return read;
}

const nameParts = (element: Element | null, part: string): NamePart[] =>
  children(element, part).map(child => ({ text: text(child), qualifier: attribute(child, 'qualifier') })).filter(({ text: given }) => given !== '');
export const personName = (element: Element | null): PersonName => ({
  family: nameParts(element, 'family'), given: nameParts(element, 'given'), prefix: text(at(element, 'prefix')), suffix: text(at(element, 'suffix')),
});

export const telecoms = (element: Element | null): { value: string; use: string }[] =>
  children(element, 'telecom').map(child => ({ value: attribute(child, 'value'), use: attribute(child, 'use') })).filter(({ value }) => value !== '');

/** An address on one line, its parts in the order written. */
export const address = (element: Element | null): string =>
  element === null ? '' : element.children.length === 0 ? text(element) : element.children.map(text).filter(part => part !== '').join(' ');

export const organization = (element: Element | null): CdaOrganization | null => element === null ? null : {
  ids: ids(element), name: text(at(element, 'name')), nameNullFlavor: attribute(at(element, 'name'), 'nullFlavor'),
  industry: maybeCoded(at(element, 'standardIndustryClassCode')), telecoms: telecoms(element), address: address(at(element, 'addr')),
};
