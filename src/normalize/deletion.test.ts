import { describe, expect, test } from '@jest/globals';
import { bytesOf, cases, normalized } from '../../test/normalize/fixture.ts';
import { leaves, segmentsOf, type Leaf } from '../../test/normalize/places.ts';
import { structural } from './tables/structural.ts';
import { twins } from './tables/twins.ts';

/**
 * Places whose deletion may change nothing, because another place says the same thing in the same message. Each is a rule with
 * its reason: a mapper that loses a value cannot hide behind them.
 */
const redundant: readonly (readonly [reason: string, is: (leaf: Leaf, text: string) => boolean])[] = [
  ['how the message is built', ({ segment, field }) => structural[segment]?.has(field) === true],
  ['type of a universal id that is an OID or a number, which tells itself', ({ value, sub, component }) => (sub === 3 || component === 4) && /^(?:ISO|M|N|L)$/u.test(value)],
  ['an order number or its prescriber, said by ORC and by OBR', ({ segment, field }) => twins.some(([a, n, b, m]) => (segment === a && field === n) || (segment === b && field === m))],
  ['status of the order: the report’s own status implies it', ({ segment, field }) => segment === 'ORC' && field === 5],
  ['type of a number that its field implies', ({ segment, field, value }) => (segment === 'PID' && field === 18 && value === 'AN') || (segment === 'PV1' && field === 19 && value === 'VN')],
  ['use and equipment of a telecom that its other components imply', ({ value, field, segment }) => ['PRN', 'NET', 'Internet', 'X.400', 'PH', 'WPN'].includes(value) && (['PID', 'NK1', 'ROL'].includes(segment) || (segment === 'PRT' && field === 15))],
  ['unit written twice, as code and as text', ({ segment, field, component }) => segment === 'OBX' && field === 6 && component <= 2],
  ['time of the result, which is that of its report', ({ segment, field, value }, text) => segment === 'OBX' && field === 14 && text.includes(`|||${value}|||`)],
  ['start of the stay, which is that of the movement', ({ segment, field, value }, text) => segment === 'PV1' && field === 44 && text.includes(`ZBE|`) && text.includes(value)],
  ['date of a consent given with the message, which is that of the message', ({ segment, field, value }, text) => segment === 'ZFA' && (field === 10 || field === 12) && text.split('|')[6] === value],
  ['dead: the date of death says so', ({ segment, field, value }) => segment === 'PID' && field === 30 && value === 'Y'],
  ['label and system of the parent result, which is in the message', ({ segment, field, component, sub }) => segment === 'OBR' && field === 26 && component === 1 && sub > 1],
  ['a result deleted and a result absent are both without value', ({ segment, field, value }) => segment === 'OBX' && field === 5 && value === '""'],
  ['writing of the document in the message, which decoding undoes', ({ segment, field, component }, text) => segment === 'OBX' && field === 5 && component >= 2 && component <= 4 && text.includes('Base64')],
  ['code system of the type of a document, which is in its CDA', ({ segment, field, component }, text) => segment === 'OBX' && field === 3 && component === 3 && text.includes('TXA|')],
  ['id, parent and type of the document, which are in its CDA', ({ segment, field }) => segment === 'TXA' && [2, 12, 13].includes(field)],
  ['status of a volet document, which the action of the order says', ({ segment, field, value }, text) => segment === 'OBX' && field === 11 && value === 'C' && text.includes('ORC|RO')],
  ['label, system and status of a flag, which the volet fixes', ({ segment, field, component }, text) => segment === 'OBX' && text.includes('MetaDMPMSS') && ((field === 3 && component > 1) || (field === 5 && component === 3) || field === 11)],
];

describe('what is deleted from a message changes its Bundle, or was reported as lost', () => {
  test.each(cases)('%s', name => {
    const latin = name.endsWith('latin-9') ? 'latin1' : 'utf8';
    const text = bytesOf(name).toString(latin), lines = segmentsOf(text);
    const before = normalized(Buffer.from(lines.join('\r') + '\r', latin)), bundle = JSON.stringify(before.bundle);
    const lost = new Set(before.losses.map(({ location }) => location)), silent: string[] = [];
    for (const leaf of leaves(lines)) {
      if (redundant.some(([, is]) => is(leaf, text))) continue;
      const after = normalized(Buffer.from(leaf.without, latin));
      const vanished = lost.has(leaf.place) && after.losses.every(({ location }) => location !== leaf.place);
      if (JSON.stringify(after.bundle) === bundle && !vanished) silent.push(leaf.place);
    }
    expect(silent).toEqual([]);
  });
});

test('a loss names a place of the message, once, and never its value', () => {
  for (const name of cases) {
    const locations = normalized(bytesOf(name)).losses.map(({ location }) => location);
    expect(new Set(locations).size).toBe(locations.length);
    for (const location of locations) expect(location).toMatch(/^[A-Z][A-Z0-9]{2}(?:\[\d+\])?-\d+(?:\(\d+\))?(?:-\d+){0,2}$/u);
  }
});
