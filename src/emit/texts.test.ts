import { describe, expect, it } from '@jest/globals';
import type { Bundle, Observation } from '@medplum/fhirtypes';
import { emitResource } from './resource.ts';
import { bundleText, ResourceTexts } from './texts.ts';

const source = 'urn:uuid:00000000-0000-4000-8000-000000000001#OBX[2]';
const observation = (before: object, after: object): Observation => ({ resourceType: 'Observation', ...before, meta: { source }, status: 'final', code: { text: 'é' }, ...after });

describe('texts of resources', () => {
  it.each([
    ['without meta', undefined], ['with a profile', { profile: ['https://example.test/profile'] }],
  ])('are those of the resource as it leaves, %s', (_, meta) => {
    const texts = new ResourceTexts();
    // A value that quotes the meta is no meta.
    const quoting = observation({ note: [{ text: `,"meta":{"source":"${source}"}` }] }, {});
    for (const one of [observation({}, {}), observation({ language: 'fr' }, { valueString: 'x' }), quoting, { resourceType: 'Observation', status: 'final', code: {} } satisfies Observation]) {
      const rest = emitResource<Observation>(one, { generation: '2.1.0', qualified: false });
      expect(texts.withMeta(one, meta).join('')).toBe(JSON.stringify(meta === undefined ? rest : { ...rest, meta }));
    }
  });

  it('make the Bundle', () => {
    const bundle: Bundle = { resourceType: 'Bundle', type: 'message', timestamp: '2026-11-22T08:00:00Z', entry: [{ fullUrl: 'urn:uuid:1', resource: observation({}, {}) }, { fullUrl: 'urn:uuid:2', resource: observation({ language: 'fr' }, {}) }] };
    for (const one of [bundle, { ...bundle, entry: [] }, { resourceType: 'Bundle', type: 'message' } satisfies Bundle]) expect(bundleText(one, new ResourceTexts()).join('')).toBe(JSON.stringify(one));
  });
});
