import { expect, test } from '@jest/globals';
import { expressionPath, pathText } from './path.ts';

test.each([
  ['Patient', ''],
  ['Patient.name[0].given[1]', 'name[0].given[1]'],
  ['Bundle.entry[12].resource.name', 'entry[12].resource.name'],
  ['Bundle.entry[1].resource/*Patient/p-1*/.birthDate', 'entry[1].resource.birthDate'],
  ['Observation.value.ofType(Quantity).code', 'valueQuantity.code'],
  ['Observation.value.ofType(dateTime)', 'valueDateTime'],
  ['name[0]', 'name[0]'],
  ["Patient.extension('http://x').value", 'extension'],
  ['', ''],
])('%s → %s', (expression, path) => {
  expect(pathText(expressionPath(expression))).toBe(path);
});
