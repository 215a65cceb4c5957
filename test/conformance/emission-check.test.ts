import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { lint } from '../../src/commands/config.ts';
import { missingPackages } from '../../src/compose/missing-packages.ts';
import type { Config, DestinationSettings } from '../../src/config/model.ts';
import { generations } from '../../src/emit/generation.ts';
import { PackageFault } from '../../src/packages/fault.ts';
import { openPackageStore } from '../../src/packages/store.ts';
import { preparersFor } from '../../src/plan-settings.ts';
import type { Planned } from '../../src/planner.ts';
import { connectors } from '../../connectors/index.ts';
import { sharedFolder, whenShared } from '../when-shared.ts';
import { accepted, configWith, sentTo } from './accepted.ts';

const own = 'https://passerelle.test/fhir/StructureDefinition/';
const folder = mkdtempSync(join(tmpdir(), 'passerelle-pinned-'));

type Asked = DestinationSettings['validation'];
const withValidation = (validation: Partial<Asked>, regional: Readonly<Record<string, unknown>> = {}): Config => {
  const config = configWith(regional);
  const asked: Asked = { mode: 'enforce', packages: [], profiles: [], ...validation };
  return { ...config, packages: { ...config.packages, folder }, destinations: config.destinations.map((one) => (one.id === 'region' ? { ...one, validation: asked } : one)) };
};
/** What became of what goes to the region, and the findings about it. */
const toRegion = (all: readonly (readonly [string, Planned])[]) => all.flatMap(([name, { plan, outcome }]) => plan.deliveries.filter((one) => one.destination === 'region').map((one) => ({
  name, state: one.state, reason: one.reason, envelope: one.envelope, findings: outcome.findings.filter(({ code }) => code.startsWith('emit.')),
})));

type Row = ReturnType<typeof toRegion>[number];
const claimsPatient = ({ envelope }: Row): boolean => envelope?.steps.some(({ body }) => body.some((part) => part instanceof Uint8Array && Buffer.from(part).includes('/fr-core-patient'))) === true;
const unknownPatient = ({ code, text }: Row['findings'][number]): boolean => code === 'emit.profile-unknown' && text.includes('/fr-core-patient');

describe('what leaves is checked against what its destination pins', () => {
  test('off: nothing is made nor said', () => {
    expect(toRegion(accepted(withValidation({ mode: 'off', profiles: [`${own}no-such-profile`] }))).every(({ state, findings }) => state === 'planned' && findings.length === 0)).toBe(true);
  });

  test('our own profiles: every fixture leaves', () => {
    const profiles = ['passerelle-patient', 'passerelle-specimen', 'passerelle-binary'].map((name) => own + name);
    const rows = toRegion(accepted(withValidation({ profiles: profiles.slice(0, 2) })));
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(({ state }) => state !== 'planned').map(({ name, reason }) => [name, reason])).toEqual([]);
  });

  test('enforce: what does not meet a pinned profile is held with its place and its constraint; report lets it go', () => {
    // Nothing that leaves is a message header, and no report leaves as one of ours: the Bundle profile asks for both.
    const profiles = [`${own}passerelle-message`];
    const held = toRegion(accepted(withValidation({ profiles })));
    expect(held.length).toBeGreaterThan(10);
    for (const { state, reason, envelope, findings } of held) {
      expect([state, reason.code, envelope]).toEqual(['held', 'emit.not-conformant', null]);
      expect(findings[0]).toMatchObject({ code: 'emit.issue', spec: `${profiles[0] ?? ''}|0.1.0` });
      expect(findings[0]?.location).toMatch(/^transaction Bundle/);
      expect(reason.args).toEqual([String(findings.filter(({ code }) => code === 'emit.issue').length), findings[0]?.location, findings[0]?.text]);
    }
    const told = toRegion(accepted(withValidation({ profiles, mode: 'report' })));
    expect(told.every(({ state, envelope, findings }) => state === 'planned' && envelope !== null && findings.some(({ code }) => code === 'emit.issue'))).toBe(true);
    expect(told.map(({ findings }) => findings.length)).toEqual(held.map(({ findings }) => findings.length));
  });

  test('the sender’s answer does not change: the message itself was taken', () => {
    const acks = (config: Config) => accepted(config).map(([name, { plan, outcome }]) => [name, plan.ack?.code, outcome.ack, plan.disposition]);
    expect(acks(withValidation({ profiles: [`${own}passerelle-message`] }))).toEqual(acks(configWith()));
  });

  test('a profile that is in no package is seen: pinned, it withholds; claimed, it is told', () => {
    const [pinned] = toRegion(accepted(withValidation({ profiles: [`${own}no-such-profile`] })));
    expect([pinned?.state, pinned?.findings[0]?.code, pinned?.findings[0]?.args]).toEqual(['held', 'emit.profile-missing', [`${own}no-such-profile`, 'region']]);
    const claimed = toRegion(accepted(withValidation({})));
    expect(claimed.every(({ state }) => state === 'planned')).toBe(true);
    expect(claimed.filter(claimsPatient).every(({ findings }) => findings.some(unknownPatient))).toBe(true);
    expect(claimed.filter(claimsPatient).length).toBeGreaterThan(10);
  });

  test('a package that was not added stops the start, and is named', () => {
    const config = withValidation({ packages: ['hl7.fhir.fr.core#9.9.9'] });
    expect(missingPackages(config)).toEqual([{ destination: 'region', name: 'hl7.fhir.fr.core#9.9.9' }]);
    expect(missingPackages(withValidation({ packages: ['hl7.fhir.fr.core#9.9.9'], mode: 'off' }))).toEqual([]);
    expect(() => accepted(config)).toThrow(PackageFault);
    const file = join(folder, 'passerelle.yaml');
    writeFileSync(file, readFileSync(new URL('../../passerelle.yaml', import.meta.url), 'utf8').replace('# validation: { mode: report', 'validation: { mode: report'));
    const said: unknown[] = [];
    const exit = lint(file, { language: 'en', json: true, words: (_fr, en) => en, line: () => undefined, record: (one) => { said.push(one); } });
    expect([exit, said]).toMatchObject([1, [{ faults: [{ code: 'config.package-missing', location: 'destinations.region.validation.packages' }] }]]);
  });

  test('what is checked is what leaves, the documents’ bytes apart', () => {
    const { definition, config } = preparersFor(configWith(), connectors).get('region') ?? {};
    for (const [, planned] of accepted(configWith())) {
      const { outcome, understood } = planned;
      const documents = new Map(understood.reading.documents.map(({ name, size, sha1 }) => [name, { size, sha1 }]));
      const checked = planned.plan.deliveries.filter(({ destination }) => destination === 'region').flatMap(({ destination, action, content, gate }) =>
        definition?.prepare({ trace: understood.input.trace, destination, action, content, gate, bundle: outcome.bundle, documents, message: understood.input.bytes }, config, null).emitted?.() ?? []);
      const sent = sentTo('region', planned).map(({ step, resource }) => {
        for (const entry of resource.entry ?? []) if (entry.resource.resourceType === 'Binary') delete entry.resource.data;
        return { step, resource };
      });
      expect(checked).toStrictEqual(sent);
    }
  });
});

whenShared('what leaves meets the FR Core that its destination pins', () => {
  for (const version of generations) {
    const place = join(sharedFolder, 'packages', `hl7.fhir.fr.core-${version}.tgz`);
    openPackageStore(folder, join(tmpdir(), 'passerelle-test-core')).add(readFileSync(place), place);
  }
  test.each(generations)('%s', (version) => {
    const rows = toRegion(accepted(withValidation({ packages: [`hl7.fhir.fr.core#${version}`] }, { frCore: version })));
    expect(rows.filter(({ state }) => state !== 'planned').map(({ name, findings }) => [name, findings.filter(({ code }) => code === 'emit.issue')])).toEqual([]);
    expect(rows.flatMap(({ findings }) => findings).filter(({ code, text }) => code === 'emit.profile-unknown' && text.includes('/fr-core-'))).toEqual([]);
  });

  test('the version pinned is the one that judges: 2.2.0 is not found beside 2.1.0, though it is in the store', () => {
    const rows = toRegion(accepted(withValidation({ packages: ['hl7.fhir.fr.core#2.1.0'] }, { frCore: '2.2.0' })));
    expect(rows.filter(claimsPatient).every(({ findings }) => findings.some(unknownPatient))).toBe(true);
  });
});
