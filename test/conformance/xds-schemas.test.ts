import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { readCdaHeader } from '../../src/formats/cda/read.ts';
import { readXdm } from '../../src/formats/xdm/read.ts';
import { writeXdm } from '../../src/formats/xdm/write.ts';
import { getDocumentsByEntryUuid, getDocumentsByUniqueId } from '../../src/formats/xds/ebrim/query.ts';
import { readRegistryAnswer } from '../../src/formats/xds/ebrim/read-answer.ts';
import { readSubmission } from '../../src/formats/xds/ebrim/read.ts';
import { statuses } from '../../src/formats/xds/ebrim/schemes.ts';
import { deletion } from '../../src/formats/xds/ebrim/update.ts';
import { submitObjectsRequest } from '../../src/formats/xds/ebrim/write.ts';
import { documentEntry } from '../../src/formats/xds/entry.ts';
import { lotOf, sha1, submissionSet } from '../../src/formats/xds/submission.fixture.ts';
import { submissionOf, type Submission } from '../../src/formats/xds/submission.ts';
import { shared, whenShared } from '../when-shared.ts';
import { xsd } from './xsd.ts';

whenShared('ebRIM by the schemas of XDS.b (IHE)', () => {
  const folder = shared('examples/dmp/xsd/toolkit-v3') ?? '';
  const [lcm, query] = [xsd(`${folder}/lcm.xsd`), xsd(`${folder}/query.xsd`)];
  const bytes = new TextEncoder().encode('<ClinicalDocument/>');
  const uuid = 'urn:uuid:00f8e428-a767-11e6-95bf-00163e58645d';

  test('the schema does refuse what is wrong', () => {
    expect(lcm(submitObjectsRequest(lotOf([bytes])).replace('mimeType=', 'mimetype='))).toHaveLength(1);
  });
  test.each<[string, Submission]>([
    ['a signed lot', lotOf([bytes, bytes], { signed: true })],
    ['a replacement', submissionOf({ ...lotOf([bytes]), replaces: [{ id: 'Document01', target: uuid }] })],
    ['a deletion', deletion(submissionSet, uuid)], ['a deletion of what is archived', deletion(submissionSet, uuid, statuses.archived)],
    ['recipients, comments, extra slots', { ...lotOf([bytes]), submissionSet: { ...submissionSet, comments: 'Bonjour', intendedRecipients: ['|^Dupont^Jean|^^Internet^a@b.test'], slots: { 'urn:x:action': ['C'] } } }],
  ])('%s', (_, lot) => { expect(lcm(submitObjectsRequest(lot))).toEqual([]); });
  test('stored queries', () => {
    expect(query(getDocumentsByUniqueId(['1.2.3', '1.2.4'], 'ObjectRef'))).toEqual([]);
    expect(query(getDocumentsByEntryUuid([uuid], 'LeafClass'))).toEqual([]);
  });

  const examples = shared('examples/cda-ans') ?? '';
  test.each(readdirSync(examples))('the lot and the XDM of %s', async (name) => {
    const cda = readFileSync(`${examples}/${name}`);
    const read = readCdaHeader(cda, { timeZone: 'Europe/Paris' });
    if (!read.ok) throw new Error(name);
    const { entry } = documentEntry(read.header, { sha1: sha1(cda), size: cda.length, flags: null });
    const submission = submissionOf({ submissionSet: { ...submissionSet, patientId: entry.patientId, authors: entry.authors.slice(0, 1) }, documents: [{ id: 'Document01', entry }] });
    expect(lcm(submitObjectsRequest(submission))).toEqual([]);
    const { subsets: [subset], findings } = await readXdm(await writeXdm({ submission, documents: [{ id: 'Document01', bytes: cda, mimeType: entry.mimeType }], at: 0 }));
    expect(findings).toEqual([]);
    expect(subset?.documents[0]?.entry).toEqual({ ...entry, replaces: '' });
    expect(cda.equals(subset?.documents[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  describe('reading what others wrote', () => {
    const samples = shared('examples/dmp/samples') ?? '';
    const sample = (name: string): Buffer => readFileSync(`${samples}/${name}`);
    test.each(['iti41-body-inline.xml', 'iti41-envelope-root-part.xml', 'xdm-metadata-example.xml', 'iti57-delete-body.xml', 'iti57-archive-body.xml', 'iti57-mask-ps-body.xml'])('%s, and written again it is valid', (name) => {
      const { submission, findings } = readSubmission(sample(name));
      expect(findings).toEqual([]);
      expect(submission).not.toBeNull();
      if (submission === null) return;
      const written = submitObjectsRequest(submission);
      expect(lcm(written)).toEqual([]);
      expect(readSubmission(new TextEncoder().encode(written)).submission).toEqual(submission);
    });
    test('a refusal', () => {
      expect(readRegistryAnswer(sample('registryresponse-failure-body.xml'))).toMatchObject({ status: 'Failure', findings: [], errors: [{ code: 'XDSUnknownPatientId', severity: 'Error', location: 'XDSDocumentEntry.patientId' }] });
    });
  });
});
