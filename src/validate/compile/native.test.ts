import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { coreDefinitions } from '../../../test/core-definitions.ts';
import { compileExpression } from '../fhirpath/expression.ts';
import { FhirNode } from '../fhirpath/item.ts';
import { makeEnv } from '../run/make-env.ts';
import type { Run } from '../run/run.ts';
import { createValidator } from '../validator.ts';
import { nativeConstraint } from './native.ts';

const { compiler } = createValidator({ definitions: coreDefinitions() });
const env = makeEnv(compiler.model, compiler.terminology, compiler, () => undefined);
const root = { frame: { kind: 'root' } } as unknown as Run;

const extension = fc.record({ url: fc.constant('https://example.org/x'), valueCode: fc.constant('a'), extension: fc.constant([{ url: 'y', valueCode: 'b' }]), _valueCode: fc.constant({ id: 'c' }) }, { requiredKeys: ['url'] });
const quantity = fc.record({ code: fc.constant('g'), system: fc.constant('http://unitsofmeasure.org'), value: fc.integer() }, { requiredKeys: [] });

test.each([
  ['extension.exists() != value.exists()', 'Extension', extension],
  ['code.empty() or system.exists()', 'Quantity', quantity],
] as const)('%s, written out, answers as the expression does', (expression, type, values) => {
  const native = nativeConstraint('', expression);
  const { truth } = compileExpression(expression);
  fc.assert(fc.property(values as fc.Arbitrary<unknown>, value => {
    const node = new FhirNode(value, compiler.model.type(type));
    Object.assign(env, { self: node, context: node, fuel: 10_000 });
    expect(native?.(value, root)).toBe(truth([node], env));
  }));
});
