import { systemsByOid } from '../domain/definition-package.ts';

/** A French terminology file as the NOS publishes it: a value set (JDV) or a code system (TRE), whatever its format. */
export interface CodeList {
  /** `https://mos.esante.gouv.fr/NOS/JDV_J46-TypeEvenementNotification-CISIS`, or the file's name where it says none. */
  readonly file: string;
  /** OID of the list; empty when not said. */
  readonly oid: string;
  readonly version: string;
  readonly concepts: readonly { readonly system: string; readonly code: string; readonly display: string }[];
}

const nos = 'https://mos.esante.gouv.fr/NOS';

/** `JDV_J46-X` → the canonical its FHIR form has: `…/NOS/JDV_J46-X/FHIR/JDV-J46-X` (ANS, NOS au format FHIR). */
export function canonicalOf(file: string): string {
  const name = (file.split('/').at(-1) ?? file).replace(/\.(?:tabs|csv|tsv|txt|xml)$/i, '');
  return `${file.startsWith('http') ? file : `${nos}/${name}`}/FHIR/${name.replaceAll('_', '-')}`;
}

const uriOf = (system: string): string => (/^[0-2](?:\.\d+)+$/.test(system) ? `urn:oid:${system}` : system);

/** The FHIR definitions a list stands for: a TRE is a code system and the value set of all its codes, a JDV a value set. */
export function definitionsOfList({ file, oid, version, concepts }: CodeList): Record<string, unknown>[] {
  const url = canonicalOf(file);
  const name = url.split('/').at(-1) ?? '';
  if (/^TRE-/i.test(name)) {
    const own = concepts[0]?.system ?? '';
    const identifier = [...new Set([oid, own])].filter((one) => one !== '').map((one) => ({ system: 'urn:ietf:rfc:3986', value: uriOf(one) }));
    const concept = concepts.map(({ code, display }) => (display === '' ? { code } : { code, display }));
    return [
      { resourceType: 'CodeSystem', url, version, name, status: 'active', content: 'complete', caseSensitive: true, identifier, concept },
      { resourceType: 'ValueSet', url: `${url}?vs`, version, name, status: 'active', compose: { include: [{ system: url }] } },
    ];
  }
  const include = [...Map.groupBy(concepts, ({ system }) => uriOf(system))].map(([system, codes]) => ({ ...(system === '' ? {} : { system }), concept: codes.map(({ code, display }) => ({ code, display })) }));
  return [{ resourceType: 'ValueSet', url, version, name, status: 'active', compose: { extension: [{ url: systemsByOid, valueBoolean: true }], include } }];
}
