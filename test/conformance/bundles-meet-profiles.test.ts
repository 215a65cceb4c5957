import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Bundle } from '@medplum/fhirtypes';
import { openCoreDefinitions } from '../../src/packages/core.ts';
import { openPackage } from '../../src/packages/open-package.ts';
import { createValidator } from '../../src/validate/validator.ts';
import { normalized, ofLines } from '../normalize/fixture.ts';
import { accepted, configWith, convertedBundle, keptBundle, sentTo } from './accepted.ts';

const validator = createValidator({
  definitions: openCoreDefinitions(join(tmpdir(), 'passerelle-test-core')), packages: [openPackage(join(import.meta.dirname, '..', '..', 'profiles', 'package'))], language: 'en',
});
const ours = (name: string): string => `https://passerelle.test/fhir/StructureDefinition/passerelle-${name}`;

/** Warnings that stay, by rule and place, each with its reason. */
const allowed: readonly (readonly [reason: string, id: string, place: RegExp, text?: RegExp])[] = [
  ['R4 lists few types of identifier, and FR Core asks for its own', 'binding-extensible', /(?:identifier(?:\[\d+\])?|ofType\(Identifier\))\.type$/, /ValueSet\/identifier-type/],
  ['the answer of ZFA is kept as PAM codes it', 'binding-extensible', /^Consent\.policyRule$/, /consent-policy/],
  ['NK1-3 says the family tie by table 0063, FR Core the person of trust: R4 has neither', 'binding-extensible', /^Patient\.contact\[\d+\]\.relationship/, /patient-contactrelationship/],
  ['the sender’s own French words beside its code', 'display', /^(?:Patient\.contact|PractitionerRole\.code|Encounter\.class|DocumentReference\.context\.event)/],
  ['said on purpose: an INS that will not leave', 'passerelle-pat-ins-not-qualified', /^Patient$/],
];

interface Said { readonly severity: string; readonly id: string; readonly place: string; readonly text: string }

/** Issues with places told from the entry's own resource: `Patient.name[0]`. */
function issuesOf(resource: unknown, profile?: string): Said[] {
  const { outcome } = validator.validate(resource, profile === undefined ? {} : { profiles: [profile] });
  const entries = (resource as Bundle).entry ?? [];
  // dom-6 advises a narrative for people who read a resource by itself: the gateway writes none.
  return outcome.issue.filter(({ severity, details }) => severity !== 'information' && details.coding[0]?.code !== 'dom-6').map(({ severity, details, expression }) => {
    const [, index = '', rest = ''] = /^Bundle\.entry\[(\d+)\]\.resource(.*)$/.exec(expression?.[0] ?? '') ?? [];
    return { severity, id: details.coding[0]?.code ?? '', place: index === '' ? expression?.[0] ?? '' : `${entries[Number(index)]?.resource?.resourceType ?? ''}${rest}`, text: details.text };
  });
}

const unexpected = (issues: readonly Said[]): Said[] => issues.filter(({ severity, id, place, text }) =>
  severity !== 'warning' || !allowed.some(([, rule, where, words]) => rule === id && where.test(place) && (words?.test(text) ?? true)));

const all = accepted(configWith());

test('there are messages of each kind', () => {
  for (const kind of ['benchmark', 'hl7v2/oru-r01', 'hl7v2/mdm-t02', 'hl7v2/adt', 'hl7v2/volet', 'cda/']) expect(all.some(([name]) => name.startsWith(kind))).toBe(true);
});

describe('what the gateway makes of an accepted message meets its own profile', () => {
  test.each(all)('%s', (_name, planned) => {
    expect(unexpected(issuesOf(keptBundle(planned), ours('message')))).toEqual([]);
    expect(unexpected(issuesOf(convertedBundle(planned), ours('message')))).toEqual([]);
  });

  test('every warning that is allowed occurs', () => {
    const seen = all.flatMap(([, planned]) => issuesOf(keptBundle(planned), ours('message')));
    const idle = allowed.filter(([, rule, where, words]) => !seen.some(({ id, place, text }) => rule === id && where.test(place) && (words?.test(text) ?? true)));
    expect(idle.map(([reason]) => reason)).toEqual([]);
  });
});

/** Our profile of each type a region receives. */
const profileOf: Readonly<Record<string, string>> = {
  Patient: 'patient', Encounter: 'encounter', Observation: 'observation', DiagnosticReport: 'lab-report', Specimen: 'specimen', ServiceRequest: 'lab-order', DocumentReference: 'document-reference', Binary: 'binary',
};

describe('what leaves for the region meets R4 and, resource by resource, our profiles', () => {
  test.each(all.map(([name, planned]) => [name, sentTo('region', planned)] as const).filter(([, sent]) => sent.length > 0))('%s', (_name, sent) => {
    for (const { resource } of sent) {
      // Claims of FR Core and of the region's profiles need their packages: emitted-meets-fr-core.test.ts.
      const plain = JSON.parse(JSON.stringify(resource, (key, value: unknown) => (key === 'meta' ? undefined : value))) as typeof resource;
      expect(issuesOf(plain).filter(({ severity }) => severity !== 'warning')).toEqual([]);
      for (const { resource: one } of plain.entry ?? []) {
        const profile = profileOf[one.resourceType];
        if (profile !== undefined) expect(unexpected(issuesOf(one, ours(profile)))).toEqual([]);
      }
    }
  });
});

describe('what the profile refuses', () => {
  const bundleOf = (name: string): Bundle => keptBundle(all.find(([known]) => known === name)?.[1] ?? (() => { throw new Error(name); })()) as Bundle;
  const without = (bundle: Bundle, ...types: string[]): Bundle => ({ ...bundle, entry: (bundle.entry ?? []).filter(({ resource }) => !types.includes(resource?.resourceType ?? '')) });
  const errors = (bundle: Bundle): string[] => issuesOf(bundle, ours('message')).filter(({ severity }) => severity === 'error').map(({ id }) => id);

  test.each(['benchmark', 'hl7v2/oru-r01/haematology'])('%s as a bare document', name => {
    const document = bundleOf('hl7v2/oru-r01/pdf').entry?.filter(({ resource }) => ['DocumentReference', 'Binary'].includes(resource?.resourceType ?? '')) ?? [];
    const bare = without(bundleOf(name), 'DiagnosticReport', 'Observation', 'Specimen', 'ServiceRequest', 'Encounter');
    expect(errors({ ...bare, entry: [...bare.entry ?? [], ...document] })).toContain('passerelle-msg-lab-result');
  });

  test('results without their observations, a movement without its stay, a volet without its document', () => {
    expect(errors(without(bundleOf('benchmark'), 'Observation'))).toContain('passerelle-msg-lab-result');
    expect(errors(without(bundleOf('hl7v2/adt/a01-admission'), 'Encounter'))).toContain('passerelle-msg-encounter');
    expect(errors(without(bundleOf('hl7v2/volet/oru-initial'), 'DocumentReference'))).toContain('passerelle-msg-document');
  });
});

test('a document whose type comes without its system (volet 1.2) has that of its CDA', () => {
  const text = readFileSync(new URL('../../fixtures/hl7v2/volet/oru-initial/in.hl7', import.meta.url), 'utf8');
  const changed = text.replace(/(OBX\|[^|]*\|ED\|[^|^]*\^[^|^]*)\^[^|^]*/, '$1');
  expect(changed).not.toBe(text);
  const { bundle } = normalized(Buffer.from(changed));
  const document = bundle.entry?.map(({ resource }) => resource).find(resource => resource?.resourceType === 'DocumentReference');
  expect(document?.type?.coding?.[0]?.system).toBe('http://loinc.org');
  expect(issuesOf(JSON.parse(JSON.stringify(bundle)), ours('message')).filter(({ severity }) => severity !== 'warning')).toEqual([]);
});

test('a code its table has not, numbers of no authority, a type nobody knows, an answer not collected: the Bundle is valid all the same', () => {
  const { bundle } = ofLines(
    'MSH|^~\\&|GAM|CHU DES TILLEULS|PASSERELLE|REGION|20261122083000+0100||ADT^A01^ADT_A01|ADT0101|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM',
    'EVN||20261122083005+0100|||||SITE NORD',
    'PID|1||0007421^^^CHU DES TILLEULS&1.2.250.1.999.140&ISO^PI~X1^^^CHU DES TILLEULS&1.2.250.1.999.140&ISO^XQZ||ROUSSEAU^CLAIRE^CLAIRE^^^^L||19790328|F||||||||Q|||||||||||||N||PROV',
    'PV1|1|Q|6270^204^1^CHU DES TILLEULS&1.2.250.1.999.140&ISO^Q|Q||||||ZQ9|||Q|ZQ9||Q9||||V1|||||||||||||||||||||||||20261122083000+0100',
    'ZBE|MVT7001^CHU DES TILLEULS^1.2.250.1.999.142^ISO|20261122083000+0100||INSERT|N||CHIRURGIE^^^^^CHU DES TILLEULS&1.2.250.1.999.140&ISO^SRV^^^6268||HMS',
    'ZFA|||||||||NA|20261101120000+0100|NA',
  );
  expect(issuesOf(JSON.parse(JSON.stringify(bundle)), ours('message')).filter(({ severity }) => severity !== 'warning')).toEqual([]);
  const serviceType = bundle.entry?.map(({ resource }) => resource).find(resource => resource?.resourceType === 'Encounter')?.serviceType?.coding?.[0];
  expect(serviceType).toEqual({ system: 'https://passerelle.test/fhir/local/CHU%20DES%20TILLEULS/HL70069', code: 'ZQ9' });
});
