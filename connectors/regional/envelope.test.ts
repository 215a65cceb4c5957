import { describe, expect, it } from '@jest/globals';
import { documentBundle, mergeBundle, patient, resultsBundle, stayBundle } from '../../test/samples/bundles.ts';
import { cda, sendingTo, settings, work } from '../../test/samples/regional.ts';
import { regional } from './definition.ts';
import { byIdentifier } from './transaction.ts';

interface Bundled { readonly entry: readonly { readonly fullUrl: string; readonly resource: { readonly resourceType: string; readonly link?: readonly { readonly other: { readonly reference: string } }[] }; readonly request: { readonly method: string; readonly url: string } }[] }
const region = settings('http://x');
const json = async (sending: ReturnType<typeof sendingTo>, step = 0): Promise<Bundled> => JSON.parse(Buffer.from(await sending.body(step)).toString()) as Bundled;

describe('the envelope', () => {
  it('is the same from the same work, whenever it is made', () => {
    const make = () => {
      const { envelope, headers, emitted } = regional.prepare(work({ kind: 'document', event: 'DOC' }, documentBundle(1), 1), region, null);
      return { envelope, headers, emitted: emitted?.() };
    };
    expect(make()).toEqual(make());
  });

  it('names the document, and holds none of its bytes', () => {
    const { envelope } = regional.prepare(work({ kind: 'document', event: 'DOC' }, documentBundle(1), 1, true, Buffer.alloc(600_000, 'x')), region, null);
    const parts = envelope.steps.flatMap((step) => step.body);
    expect(parts.filter((part) => !(part instanceof Uint8Array))).toEqual([{ document: 'document-1', encoding: 'base64' }]);
    expect(parts.reduce((sum, part) => sum + (part instanceof Uint8Array ? part.length : 0), 0)).toBeLessThan(20_000);
  });

  it('puts the event last, and in it neither document nor, unless VALI, the INS', async () => {
    const of = (qualified: boolean) => sendingTo(region, { kind: 'document', event: 'DOC' }, documentBundle(1, qualified ? {} : { who: patient(1, { status: 'PROV' }) }), 1, qualified);
    expect(of(true).envelope.steps.map((step) => step.name)).toEqual(['transaction', 'event']);
    const event = Buffer.from(await of(true).body(1)).toString();
    expect(event).toContain('279035121518989');
    expect(event).not.toContain(cda.toString('base64').slice(0, 20));
    for (const step of [0, 1]) expect(Buffer.from(await of(false).body(step)).toString()).not.toMatch(/279035121518989|1\.2\.250\.1\.213\.1\.4\./);
  });

  it('of a document that is not for everybody, says what it is about in the DocumentReference alone, and whose rights its bytes are under', async () => {
    const of = async (...codes: string[]) => {
      const bundle = documentBundle(1);
      for (const { resource } of bundle.entry ?? []) if (resource?.resourceType === 'DocumentReference') { resource.description = 'Sérologie'; resource.securityLabel = codes.map((code) => ({ coding: [{ code }] })); }
      const { entry } = await json(sendingTo(region, { kind: 'document' }, bundle, 1));
      const resourceOf = (type: string) => entry.find(({ resource }) => resource.resourceType === type);
      return { title: (resourceOf('List')?.resource as { title?: string }).title, binary: resourceOf('Binary')?.resource, reference: resourceOf('DocumentReference') };
    };
    for (const codes of [['N', 'MASQUE_PS'], ['N', 'INVISIBLE_PATIENT'], ['R']]) {
      const { title, binary, reference } = await of(...codes);
      expect([title, JSON.stringify(reference?.resource)]).toEqual(['Lot de soumission', expect.stringContaining('Sérologie')]);
      expect(binary).toMatchObject({ securityContext: { reference: reference?.fullUrl } });
    }
    const seen = await of('N');
    expect([seen.title, seen.binary]).toEqual(['Sérologie', expect.not.objectContaining({ securityContext: expect.anything() as unknown })]);
  });

  it('after a merge, the surviving patient first, then the retired one that points to it', async () => {
    const { entry: [surviving, retired] } = await json(sendingTo(region, { kind: 'patient' }, mergeBundle(1), 1));
    expect([surviving?.request, retired?.request].map((one) => [one?.method, one?.url.split('|')[1]])).toEqual([['PUT', 'IPP1'], ['PUT', 'OLD1']]);
    expect(retired?.resource.link?.[0]?.other.reference).toBe(surviving?.fullUrl);
  });

  it('declares an event only where the destination takes events, and for none that is deleted', () => {
    const steps = (more: Record<string, unknown>, content = {}) => regional.prepare(work({ kind: 'patient', event: 'ADM', ...content }, stayBundle(1), 1), settings('http://x', more), null).envelope.steps.map((step) => step.name);
    expect([steps({}), steps({ flows: ['patients'] }), steps({}, { event: null })]).toEqual([['transaction', 'event'], ['transaction'], ['transaction']]);
    expect(regional.prepare(work({ kind: 'document', event: 'DOC', action: 'delete', documents: [{ uniqueId: '1.2', replaces: '' }] }, documentBundle(1), 1), region, null).envelope.steps.map((step) => step.name)).toEqual(['transaction']);
  });

  it('bends to a partner that knows neither ifNoneExist nor ids of ours', async () => {
    const plain = settings('http://x', { quirks: { conditionalCreate: false, updateCreate: false } });
    const { entry } = await json(sendingTo(plain, { kind: 'document' }, documentBundle(1), 1));
    expect(entry.map(({ request, resource }) => `${request.method} ${resource.resourceType}`)).toEqual(['PUT List', 'PUT DocumentReference', 'POST Binary', 'PUT Patient']);
  });

  it('shows a reviewer what would leave, without a value', () => {
    const { headers } = regional.prepare(work({ kind: 'results' }, resultsBundle(1, { count: 1 }), 1), region, null);
    expect(headers).toMatchObject({ frCore: '2.1.0', requests: [{ method: 'POST', path: '/', interaction: 'transaction' }] });
    expect(JSON.stringify(headers)).not.toMatch(/IPP1|PAT-TROIS|279035121518989/);
  });

  it('escapes what an identifier may hold', () => {
    expect(byIdentifier({ system: 'urn:oid:1.2', value: 'a|b,c&d é' })).toBe('identifier=urn:oid:1.2|a%5C%7Cb%5C%2Cc%26d%20%C3%A9');
  });
});
