import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { decide, understand } from '../../pipeline.ts';

const cda = readFileSync(new URL('../../../fixtures/cda/cr-bio/n1-jumeau/in.xml', import.meta.url), 'utf8');
const source = { id: 'lab', timeZone: 'Europe/Paris', strictness: 'tolerant' as const, answersTo: null, establishment: null, unknownConsent: 'follow' as const };

test('an INS-C is no number of the establishment: it is left out of the Patient, and told', () => {
  const withInsC = cda.replace('<patientRole>', '<patientRole><id root="1.2.250.1.213.1.4.2" extension="0123456789012345678922"/>').replace(/<patientRole ([^>]*)>/, '<patientRole $1><id root="1.2.250.1.213.1.4.2" extension="0123456789012345678922"/>');
  expect(withInsC).not.toBe(cda);
  const identifiers = (text: string) => {
    const understood = understand({ bytes: Buffer.from(text), source, trace: 'a', receivedAt: Date.UTC(2026, 10, 22) });
    const { findings, ack, bundle } = decide(understood, { upTo: 0, known: [] }, { destinations: [], rules: [] }, { profiles: [], check: null });
    const patient = bundle?.entry?.map(({ resource }) => resource).find((one) => one?.resourceType === 'Patient');
    return { ack, told: findings.some(({ code }) => code === 'identity.ins-c'), of: patient?.resourceType === 'Patient' ? patient.identifier : [] };
  };
  const [plain, old] = [identifiers(cda), identifiers(withInsC)];
  expect([plain.told, old.told, old.of?.length]).toEqual([false, true, plain.of?.length]);
  expect(old.of).toEqual(plain.of);
  expect(old.ack).toBe(plain.ack);
});
