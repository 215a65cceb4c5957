import { ce } from '../grammar.ts';
import { classified, isSignature, type RegistryObject } from '../lot.ts';
import { scheme } from '../namespaces.ts';
import { family, hold, type Broken, type Rule } from '../rule.ts';
import { classes, classScheme } from '../tables/classes.ts';
import { confidentiality } from '../tables/confidentiality.ts';
import { formats } from '../tables/formats.ts';
import { practices } from '../tables/practices.ts';
import { facilities } from '../tables/sectors.ts';
import { specialties } from '../tables/specialties.ts';
import { types } from '../tables/types.ts';
import { each, eachDocument, type Placed } from './each.ts';

const rule = family('codes', 'CI-SIS jeux de valeurs', 'XDSRepositoryMetadataError');
type Table = Readonly<Record<string, ReadonlySet<string>>>;
const inTable = (table: Table, system: string, code: string): boolean => table[system]?.has(code) ?? false;

/** Exactly one (or `max`) classification of that scheme, its code in the table. */
const coded = (by: string, name: string, table: Table) => ({ entry, at }: Placed): Broken[] =>
  classified(entry, by).filter((one) => !inTable(table, one.codingScheme, one.node)).map((one) => ({ at: `${at}.${name}`, extract: `${one.node}^${one.codingScheme}` }));
const single: readonly (readonly [string, string])[] = [[scheme.classCode, 'classCode'], [scheme.typeCode, 'typeCode'], [scheme.formatCode, 'formatCode'], [scheme.healthcareFacilityTypeCode, 'healthcareFacilityTypeCode'], [scheme.practiceSettingCode, 'practiceSettingCode']];
const specialtiesOf = (object: RegistryObject): string[] => [...classified(object, scheme.author), ...classified(object, scheme.lotAuthor)].flatMap((one) => one.slots.get('authorSpecialty') ?? []);

export const codeRules: readonly Rule[] = [
  rule('codes-once', 'classCode, typeCode, formatCode, healthcareFacilityTypeCode et practiceSettingCode sont là une fois.', 'classCode, typeCode, formatCode, healthcareFacilityTypeCode and practiceSettingCode are there once.',
    each(({ entry, at }) => single.filter(([by]) => classified(entry, by).length !== 1).map(([, name]) => ({ at: `${at}.${name}` }))), { source: 'dmp.md §1.5' }),
  rule('codes-display', 'Chaque code a son codingScheme et son libellé.', 'Each code has its codingScheme and its display name.',
    each(({ entry, at }) => entry.classifications.filter((one) => one.scheme !== scheme.author && one.scheme !== '' && (one.codingScheme === '' || one.name === '' || one.node === '')).map((one) => ({ at: `${at} Classification ${one.element.attrs.id ?? ''}` }))), { source: 'ITI TF-3 §4.2.3.1.2' }),
  rule('class-code', 'classCode est de JDV_J57.', 'classCode is of JDV_J57.', eachDocument(coded(scheme.classCode, 'classCode', { [classScheme]: classes })), { source: 'JDV_J57' }),
  rule('type-code', 'typeCode est de JDV_J07 (le DMP prend le sous-ensemble JDV_J66).', 'typeCode is of JDV_J07 (the DMP takes the subset JDV_J66).', eachDocument(coded(scheme.typeCode, 'typeCode', types)), { source: 'JDV_J07, JDV_J66' }),
  rule('format-code', 'formatCode est de JDV_J60.', 'formatCode is of JDV_J60.', eachDocument(coded(scheme.formatCode, 'formatCode', formats)), { source: 'JDV_J60, ASS_A11' }),
  rule('facility-code', 'healthcareFacilityTypeCode est de JDV_J61.', 'healthcareFacilityTypeCode is of JDV_J61.', each(coded(scheme.healthcareFacilityTypeCode, 'healthcareFacilityTypeCode', facilities)), { source: 'JDV_J61, JDV_J02' }),
  rule('practice-code', 'practiceSettingCode est de JDV_J04.', 'practiceSettingCode is of JDV_J04.', each(coded(scheme.practiceSettingCode, 'practiceSettingCode', practices)), { source: 'JDV_J04' }),
  rule('confidentiality-code', 'confidentialityCode est de JDV_J58, de 1 à 4 valeurs distinctes.', 'confidentialityCode is of JDV_J58, 1 to 4 distinct values.',
    each((placed) => { const found = classified(placed.entry, scheme.confidentialityCode); return [...coded(scheme.confidentialityCode, 'confidentialityCode', confidentiality)(placed), ...hold(found.length >= 1 && found.length <= 4 && new Set(found.map((one) => one.node)).size === found.length, `${placed.at}.confidentialityCode`)]; }), { source: 'JDV_J58, JDV_J08' }),
  rule('author-specialty', 'authorSpecialty : code^libellé^OID, de JDV_J01.', 'authorSpecialty: code^display^OID, of JDV_J01.',
    ({ lot }) => (lot === null ? null : [...lot.sets, ...lot.entries].flatMap((object) => specialtiesOf(object).filter((text) => { const code = ce(text); return code === null || !inTable(specialties, code.scheme, code.code); }).map((text) => ({ at: `${object.id}.author.authorSpecialty`, extract: text.split('^')[0] ?? '' })))), { source: 'JDV_J01' }),
  rule('signature-entry', 'L’entrée de signature a ses métadonnées fixes (classCode, typeCode, formatCode, eventCode, art, « Source »).', 'The signature’s entry has its fixed metadata (classCode, typeCode, formatCode, eventCode, art, "Source").',
    each(({ entry, at }) => (isSignature(entry) ? fixed.filter(([by, node, system]) => !classified(entry, by).some((one) => one.node === node && one.codingScheme === system)).map(([, node]) => ({ at, extract: node })).concat([...hold(entry.title === 'Source', `${at}.title`, entry.title), ...hold(entry.slots.get('languageCode')?.[0] === 'art', `${at}.languageCode`), ...hold(entry.element.attrs.mimeType === 'text/xml', `${at}.mimeType`)] as { at: string; extract: string }[]) : [])), { source: 'dmp.md §1.4' }),
];

const fixed: readonly (readonly [string, string, string])[] = [
  [scheme.classCode, 'urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1', 'URN'], [scheme.typeCode, 'E1762', 'ASTM'], [scheme.formatCode, 'http://www.w3.org/2000/09/xmldsig#', 'URN'],
  [scheme.eventCodeList, '1.2.840.10065.1.12.1.14', '1.2.840.10065.1.12'], [scheme.confidentialityCode, 'N', '2.16.840.1.113883.5.25'],
  [scheme.confidentialityCode, 'MASQUE_PS', '1.2.250.1.213.1.1.4.13'], [scheme.confidentialityCode, 'INVISIBLE_PATIENT', '1.2.250.1.213.1.1.4.13'],
];
