import { SaxesParser } from 'saxes';
import type { XdsCode } from './document-entry.ts';
import { builtInTables, classScheme, frenchFormatScheme, iheFormatScheme, type ReadTable, type ValueSetName } from './tables.ts';

/** Which table a publication is of, by the ANS number in its name or address. */
const valueSets: ReadonlyMap<string, ValueSetName> = new Map([
  ['J01', 'authorSpecialty'], ['J56', 'authorSpecialty'], ['J02', 'healthcareFacilityTypeCode'], ['J61', 'healthcareFacilityTypeCode'], ['J04', 'practiceSettingCode'], ['J62', 'practiceSettingCode'],
  ['J07', 'typeCode'], ['J66', 'typeCodeDmp'], ['J08', 'confidentialityCode'], ['J58', 'confidentialityCode'], ['J231', 'referenceIdType'],
]);
const numberIn = (name: string): string => /(?:JDV[_-](?=J)|ASS[_-](?=[AX]))([JAX]\d+)/iu.exec(name)?.[1]?.toUpperCase() ?? '';

/** Null: not a table that metadata are made by. */
const valueSet = (name: string, version: string, codes: readonly string[]): ReadTable | null => {
  const of = valueSets.get(numberIn(name));
  return of === undefined || codes.length === 0 ? null : { is: 'value-set', of, name, version, codes };
};

/** IHE SVS RetrieveValueSetResponse, as the ANS publishes its JDV. */
function fromSvs(text: string): ReadTable | null {
  const parser = new SaxesParser({ xmlns: true });
  const codes: string[] = [];
  let [name, version] = ['', ''];
  parser.on('doctype', () => { throw new Error('doctype'); });
  parser.on('opentag', ({ uri, local, attributes }) => {
    if (uri !== 'urn:ihe:iti:svs:2008') return;
    const value = (attribute: string): string => attributes[attribute]?.value ?? '';
    if (local === 'ValueSet') { name = value('displayName'); version = value('dateMaj'); }
    if (local === 'Concept') codes.push(value('code'));
  });
  parser.write(text).close();
  return valueSet(name, version, codes);
}

interface FhirTable {
  readonly resourceType?: unknown; readonly url?: unknown; readonly name?: unknown; readonly version?: unknown;
  readonly compose?: { readonly include?: readonly { readonly concept?: readonly { readonly code?: unknown }[] }[] };
  readonly group?: readonly { readonly element?: readonly { readonly code?: unknown; readonly target?: readonly { readonly code?: unknown; readonly display?: unknown }[] }[] }[];
}
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const classDisplays: ReadonlyMap<string, string> = new Map([...builtInTables.classes.values()].map(({ code, display }) => [code, display]));
const formatScheme = (code: string): string => (code.startsWith('urn:ihe:') ? iheFormatScheme : frenchFormatScheme);

/** FHIR ValueSet or ConceptMap, as the ANS publishes its JDV and ASS. */
function fromFhir(json: FhirTable): ReadTable | null {
  const [name, version] = [`${text(json.name)} ${text(json.url)}`.trim(), text(json.version)];
  if (json.resourceType === 'ValueSet') return valueSet(name, version, json.compose?.include?.flatMap((one) => one.concept?.map(({ code }) => text(code)) ?? []) ?? []);
  const number = numberIn(name);
  const of = number === 'X04' ? 'classes' : number === 'A11' ? 'formats' : null;
  if (json.resourceType !== 'ConceptMap' || of === null) return null;
  const code = (value: string, display: string): XdsCode => (of === 'classes' ? { code: value, scheme: classScheme, display: display === '' ? classDisplays.get(value) ?? '' : display } : { code: value, scheme: formatScheme(value), display });
  const rows = json.group?.flatMap((group) => group.element?.flatMap(({ code: from, target }) => (target?.[0] === undefined ? [] : [[text(from), code(text(target[0].code), text(target[0].display))] as const])) ?? []) ?? [];
  return rows.length === 0 ? null : { is: 'map', of, name, version, rows };
}

/** A published table: IHE SVS XML, FHIR ValueSet or ConceptMap in JSON. Null when the text is none that metadata are made by. Never throws. */
export function readTable(published: string): ReadTable | null {
  try {
    return published.trimStart().startsWith('<') ? fromSvs(published) : fromFhir(JSON.parse(published) as FhirTable);
  } catch { return null; }
}
