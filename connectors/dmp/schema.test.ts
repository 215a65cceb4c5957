import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument, XmlElement, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { cdaOf, startDmpSample, workOf } from '../../test/samples/dmp.ts';
import { shared, whenShared } from '../../test/when-shared.ts';

whenShared('the bodies we send, by IHE’s schemas', () => {
  test('ITI-41, ITI-18 and ITI-57 are valid', async () => {
    const sample = await startDmpSample({ schemas: shared('examples/dmp/xsd/toolkit-v3') });
    try {
      expect(await sample.deliver(workOf('submit', cdaOf(1)), cdaOf(1))).toMatchObject({ kind: 'delivered' });
      expect(await sample.deliver(workOf('replace', cdaOf(1, 2, 1)), cdaOf(1, 2, 1))).toMatchObject({ kind: 'delivered' });
      expect(await sample.deliver(workOf('delete', cdaOf(1, 2, 1)), Buffer.alloc(0))).toMatchObject({ kind: 'delivered' });
      const schema = sample.simulator.report().rules.filter(({ name }) => name.includes('schema'));
      expect(schema.map(({ broken }) => broken)).toEqual(schema.map(() => 0));
      expect(schema.reduce((sum, { checked }) => sum + checked, 0)).toBe(2);
      xmlRegisterFsInputProviders();
      for (const [transaction, name] of [['TD3.1b', 'query.xsd'], ['TD3.3c', 'lcm.xsd']] as const) {
        const url = join(shared('examples/dmp/xsd/toolkit-v3') ?? '', name);
        const sent = sample.simulator.arrived().find((one) => one.transaction === transaction)?.body ?? Buffer.alloc(0);
        const [request, schemaDocument] = [XmlDocument.fromBuffer(sent), XmlDocument.fromBuffer(readFileSync(url), { url })];
        const validator = XsdValidator.fromDoc(schemaDocument);
        try {
          const body = request.get('/s:Envelope/s:Body/*[1]', { s: 'http://www.w3.org/2003/05/soap-envelope' });
          if (!(body instanceof XmlElement)) throw new Error(`no body in ${transaction}`);
          validator.validate(body);
          body.setAttr('unheardOf', 'x');
          expect(() => { validator.validate(body); }).toThrow(/unheardOf/);
        } finally { validator.dispose(); request.dispose(); schemaDocument.dispose(); }
      }
    } finally { await sample.close(); }
  });
});
