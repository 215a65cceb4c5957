import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { coreDefinitions } from '../../../test/core-definitions.ts';
import { bundle } from '../examples.fixture.ts';
import { createValidator } from '../validator.ts';
import { makeEnv } from '../run/make-env.ts';
import { FhirPathError } from './ast.ts';
import { errata } from './errata.ts';
import { compileExpression } from './expression.ts';
import { repeatsRepetition } from './functions/regex.ts';
import { FhirNode, resourceNode, systemValue, type Item } from './item.ts';

const { compiler, registry } = createValidator({ definitions: coreDefinitions() });
const env = makeEnv(compiler.model, compiler.terminology, compiler, () => undefined);
const patient = bundle.entry[0]?.resource;

function evaluate(text: string, resource: unknown = patient): unknown[] {
  const root = resourceNode(resource, compiler.model);
  Object.assign(env, { resource: root, rootResource: root, context: root, self: root, fuel: 100_000, now: '2024-05-06T10:00:00Z' });
  return compileExpression(text).items([root], env).map((item: Item) => item instanceof FhirNode ? item.value : systemValue(item));
}

describe('expressions', () => {
  test.each<readonly [string, readonly unknown[]]>([
    ['name.given', ['Marie', 'Anne']], ['Patient.name.given.first()', ['Marie']], ['name.given[1]', ['Anne']], ['deceased', [false]], ['deceased is boolean', [true]],
    ['deceased.ofType(boolean).not()', [true]], ["name.where(use = 'official').family", ['Exemple']], ["name.where(use != 'official').exists()", [false]],
    ['name.given.count() = 2 and active', [true]], ["name.given | 'Marie'", ['Marie', 'Anne']], ["'Marie' in name.given", [true]], ["name.given contains 'x'", [false]],
    ['telecom.empty()', [true]], ['telecom.exists() implies false', [true]], ['{} or true', [true]], ['({} and true).empty()', [true]],
    ['birthDate < today()', [true]], ['birthDate >= @1980-01-02', [true]], ['(birthDate = @1980).empty()', [true]], ["birthDate.toString().length()", [10]],
    ['birthDate.value', [expect.anything()]], ['1 + 2 * 3 - 4 div 3', [6]], ["'a' & {} & 'b'", ['ab']], ["'abc'.substring(1, 1)", ['b']], ["'a,b'.split(',').join('-')", ['a-b']],
    ["'abc'.matches('^[a-c]+$')", [true]], ["'Abc'.lower().startsWith('ab')", [true]], ['(1 | 2 | 2).count()', [2]], ['iif(active, 1, 2)', [1]],
    ['name.given.select($this.length())', [5, 4]], ['name.given.all($this.length() > 3)', [true]], ['(1 | 2 | 3).aggregate($this + $total, 0)', [6]],
    ['repeat(contact).count()', [1]], ['name.period.start <= name.period.end', [true]], ["identifier.value.trace('v')", ['123']], ['%resource.id', ['p1']], ["'5'.toInteger() + 1", [6]],
    ['contact.relationship.text | name.text', ['x']], ['children().count() > 5', [true]], ['1.5 ~ 1.52', [true]], ['-1.abs()', [-1]],
  ])('%s', (text, expected) => {
    expect(evaluate(text)).toEqual(expected);
  });

  test.each(['name.', 'foo(', "'abc", 'nosuch()', '1 +', 'name[', '@x', ''])('%j is refused when it is compiled', text => {
    expect(() => compileExpression(text)).toThrow(FhirPathError);
  });

  test('any text is an expression or a FhirPathError', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('name', '.', '(', ')', '[', ']', "'", '=', ' ', 'and', 'where', '1', '|', '%', '$this', '@2020') }), text => {
      try {
        evaluate(text);
      } catch (error) {
        expect(error).toBeInstanceOf(FhirPathError);
      }
    }), { numRuns: 500 });
  });

  test('an expression that would not end runs out of fuel', () => {
    expect(() => evaluate('descendants().select(%resource.descendants().select(%resource.descendants())).count() > 0', bundle)).toThrow('takes too long');
  });

  test('every invariant of the core compiles', () => {
    const broken: string[] = [];
    for (const url of registry.urls('StructureDefinition')) {
      const definition = compiler.structures.find(url)?.definition;
      for (const element of definition?.snapshot?.element ?? []) for (const { key, expression } of element.constraint ?? []) {
        try {
          if (expression !== undefined) compileExpression(expression);
        } catch {
          broken.push(`${url} ${key}`);
        }
      }
    }
    expect(broken).toEqual([]);
  });
});

describe('errata', () => {
  test.each(errata.map(erratum => [erratum.keys[0] ?? '', erratum] as const))('%s compiles and names its source', (_key, erratum) => {
    expect(() => compileExpression(erratum.repaired)).not.toThrow();
    expect(erratum.source).not.toBe('');
    expect(erratum.repaired).not.toBe(erratum.published);
  });
});

describe('patterns of profiles', () => {
  test.each([['(a+)+$', true], ['(a*)*', true], ['(x|a+)+', true], ['([a-z]+)*', true], ['^[1-8][0-9]{4}([0-9]{2}|2A|2B)[0-9]{6}$', false], ['(\\.[^\\s]{1,64})*', false], ['[A-Z]([A-Za-z0-9_]){0,254}', false]])('%s repeats a repetition: %s', (pattern, expected) => {
    expect(repeatsRepetition(pattern)).toBe(expected);
  });
});
