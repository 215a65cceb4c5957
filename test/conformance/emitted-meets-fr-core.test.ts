import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Bundle, Encounter, Resource } from '@medplum/fhirtypes';
import { emitResource } from '../../src/emit/resource.ts';
import type { Generation } from '../../src/emit/generation.ts';
import { openCoreDefinitions } from '../../src/packages/core.ts';
import { openPackage } from '../../src/packages/open-package.ts';
import { createValidator } from '../../src/validate/validator.ts';
import { sharedFolder, whenShared } from '../when-shared.ts';
import { accepted, configWith, keptBundle, sentTo } from './accepted.ts';

const frCore = 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-';
const visits = 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-identifier-type';
const types = ['Patient', 'Encounter', 'Practitioner', 'Organization'] as const;

/** Why a resource claims no FR Core profile: one of these must then be so. */
const whyNot: Readonly<Record<string, (resource: Resource) => boolean>> = {
  // FR Core asks for a period; a result's PV1 often does not date the stay.
  Encounter: resource => resource.resourceType === 'Encounter' && (resource.period === undefined || resource.identifier === undefined),
  // FR Core asks for an identifier with its system: people and structures that a message only names have none.
  Practitioner: resource => resource.resourceType === 'Practitioner' && resource.identifier?.some(({ system }) => system !== undefined) !== true,
  Organization: resource => resource.resourceType === 'Organization' && resource.identifier?.some(({ system }) => system !== undefined) !== true,
};

whenShared('what is emitted claims FR Core, and meets it', () => {
  const cache = join(tmpdir(), 'passerelle-test-core');
  describe.each<Generation>(['2.1.0', '2.2.0'])('%s', generation => {
    const validator = createValidator({
      definitions: openCoreDefinitions(cache), packages: [openPackage(join(sharedFolder, 'packages', `hl7.fhir.fr.core-${generation}.tgz`), { cacheFolder: cache })], language: 'en',
    });
    const all = accepted(configWith({ frCore: generation }));

    /** Each resource of the four types has its profile's claim or a reason, and meets what it claims. */
    const hold = (resources: readonly Resource[]): void => {
      for (const resource of resources.filter(({ resourceType }) => types.some(type => type === resourceType))) {
        const claimed = resource.meta?.profile?.[0] ?? '';
        if (claimed === '') expect([resource, whyNot[resource.resourceType]?.(resource)]).toEqual([resource, true]);
        else expect(claimed).toMatch(new RegExp(`^${frCore}${resource.resourceType.toLowerCase()}`));
        const { outcome } = validator.validate(JSON.parse(JSON.stringify(resource)));
        expect(outcome.issue.filter(({ severity }) => severity === 'error' || severity === 'fatal')).toEqual([]);
      }
    };

    test.each(all)('%s: what leaves for the region', (_name, planned) => {
      hold(sentTo('region', planned).flatMap(({ resource }) => resource.entry?.map(({ resource: one }) => one as unknown as Resource) ?? []));
    });

    test.each(all)('%s: every person, stay and structure of the message', (_name, planned) => {
      const emission = { generation, qualified: planned.understood.normalized.identity?.qualified ?? false };
      const resources = ((keptBundle(planned) as Bundle).entry ?? []).flatMap(({ resource }) => (resource === undefined ? [] : [emitResource(resource, emission)]));
      hold(resources);
    });

    test('a stay with a pre-admission number claims nothing: FR Core fixes its system to what no number has', () => {
      const made: Encounter = {
        resourceType: 'Encounter', status: 'planned', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PRENC' }, period: { start: '2026-11-22' },
        identifier: [{ type: { coding: [{ system: visits, code: 'VN' }] }, system: 'urn:oid:1.2.250.1.999.141', value: 'V1' }],
      };
      const numbered: Encounter = { ...made, hospitalization: { preAdmissionIdentifier: { type: { coding: [{ system: visits, code: 'VN' }] }, system: 'urn:oid:1.2.250.1.999.141', value: 'P1' } } };
      hold([emitResource(made, { generation, qualified: true })]);
      expect(emitResource(made, { generation, qualified: true }).meta?.profile).toBeDefined();
      expect(emitResource(numbered, { generation, qualified: true }).meta).toBeUndefined();
      expect(validator.validate(numbered, { profiles: [`${frCore}encounter`] }).valid).toBe(false);
    });

    test('each profile is claimed', () => {
      const claims = new Set(all.flatMap(([, planned]) => ((keptBundle(planned) as Bundle).entry ?? []).flatMap(({ resource }) => (resource === undefined ? [] : emitResource(resource, { generation, qualified: true }).meta?.profile ?? []))));
      for (const name of ['patient', 'patient-ins', 'encounter', 'practitioner', 'organization']) expect([...claims].map(claim => claim.split('|')[0])).toContain(frCore + name);
    });
  });
});
