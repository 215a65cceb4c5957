import { expect, test } from '@jest/globals';
import { coreDefinitions } from '../../../test/core-definitions.ts';
import { createValidator } from '../validator.ts';
import { parseFhirPath } from './parser.ts';
import { heldWith, heldWithout } from './presence.ts';

const { model } = createValidator({ definitions: coreDefinitions() }).compiler;
const type = model.type('Patient');
if (type === undefined) throw new Error('Patient is not there');

test.each([
  ['contained.where(id.exists()).empty()', 'contained'],
  ['contact.all(name.exists())', 'contact'],
  ['name.empty() or birthDate.exists()', 'name'],
  ['gender.exists() implies birthDate.exists()', 'gender'],
  ['(photo.exists() and active = true) implies name.exists()', 'photo'],
  ['link.exists().not()', 'link'],
  ['name.family.empty() and name.given.empty()', 'name'],
  ['photo[0].data.empty()', 'photo'],
  // one of two is not enough, a choice has many names, and these ask something of what is not there
  ['name.empty() and telecom.empty()', undefined],
  ['deceased.empty()', undefined],
  ['name.exists()', undefined],
  ['name.count() = 1', undefined],
  ["gender = 'male' implies name.exists()", undefined],
  ["(name | telecom).empty()", undefined],
  ['%resource.name.empty()', undefined],
])('%s holds without %s', (expression, child) => {
  expect(heldWithout(parseFhirPath(expression), type)?.key).toBe(child);
});

test.each([
  ['name.exists() or telecom.exists()', 'name'],
  ['active = true implies identifier.exists()', 'identifier'],
  ['name.exists(use = \'official\') or active = true', undefined],
  ['name.exists() and telecom.exists()', undefined],
  ['name.family.exists()', undefined],
])('%s holds with %s', (expression, child) => {
  expect(heldWith(parseFhirPath(expression), type)?.key).toBe(child);
});
