import type { XdsCode } from './document-entry.ts';
import { classes } from './tables/class-codes.ts';
import { frenchFormats, iheFormats, unstructuredFormats, type FormatRow } from './tables/format-codes.ts';
import { complementaryTypeCodes, loincTypeCodes, notInDmp } from './tables/type-codes.ts';
import { authorSpecialties, confidentialityCodes, facilityTypes, practiceSettings, referenceIdTypes } from './tables/value-sets.ts';

/** Value sets by the XDS attribute they bound; `typeCodeDmp` is what the DMP takes of `typeCode`. */
export const valueSetNames = ['typeCode', 'typeCodeDmp', 'healthcareFacilityTypeCode', 'practiceSettingCode', 'confidentialityCode', 'authorSpecialty', 'referenceIdType'] as const;
export type ValueSetName = (typeof valueSetNames)[number];

/** The national tables that metadata are made and judged by. Pure stages receive them; a newer publication needs no release. */
export interface XdsTables {
  readonly valueSets: Readonly<Record<ValueSetName, ReadonlySet<string>>>;
  /** classCode by typeCode (ASS_X04). */
  readonly classes: ReadonlyMap<string, XdsCode>;
  /** formatCode by document templateId (ASS_A11). */
  readonly formats: ReadonlyMap<string, XdsCode>;
  /** formatCode of an unstructured body by its media type (ASS_A12). */
  readonly unstructured: ReadonlyMap<string, XdsCode>;
}

export const classScheme = '1.2.250.1.213.1.1.4.1';
export const frenchFormatScheme = '1.2.250.1.213.1.1.4.2.282';
export const iheFormatScheme = '1.3.6.1.4.1.19376.1.2.3';
const rows = (table: readonly FormatRow[], scheme: string) => table.map(([key, code, display]) => [key, { code, scheme, display }] as const);
const types = [...loincTypeCodes, ...complementaryTypeCodes];
const outside = new Set(notInDmp);

/** As published when this version was made; each table says its version. */
export const builtInTables: XdsTables = {
  valueSets: {
    typeCode: new Set(types), typeCodeDmp: new Set(types.filter((code) => !outside.has(code))), healthcareFacilityTypeCode: new Set(facilityTypes), practiceSettingCode: new Set(practiceSettings),
    confidentialityCode: new Set(confidentialityCodes), authorSpecialty: new Set(authorSpecialties), referenceIdType: new Set(referenceIdTypes),
  },
  classes: new Map(classes.flatMap(({ code, display, types: of }) => of.trim().split(/\s+/u).map((type) => [type, { code, scheme: classScheme, display }] as const))),
  formats: new Map([...rows(frenchFormats, frenchFormatScheme), ...rows(iheFormats, iheFormatScheme)]),
  unstructured: new Map(rows(unstructuredFormats, iheFormatScheme)),
};

/** A table read from a file: it takes the place of the one it is a newer publication of. */
export type ReadTable = { readonly version: string; readonly name: string } & (
  | { readonly is: 'value-set'; readonly of: ValueSetName; readonly codes: readonly string[] }
  | { readonly is: 'map'; readonly of: 'classes' | 'formats'; readonly rows: readonly (readonly [string, XdsCode])[] }
);

/** The tables with those read in their places; of two for one place the later wins. */
export function withTables(base: XdsTables, read: readonly ReadTable[]): XdsTables {
  return read.reduce<XdsTables>((tables, one) => (one.is === 'value-set'
    ? { ...tables, valueSets: { ...tables.valueSets, [one.of]: new Set(one.codes) } }
    : { ...tables, [one.of]: new Map(one.rows) }), base);
}
