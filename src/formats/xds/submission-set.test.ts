import { expect, test } from '@jest/globals';
import { author, entryFor, patientId } from './submission.fixture.ts';
import { nationalStructure, submissionSetOf, type LotSender } from './submission-set.ts';

const entry = entryFor(new Uint8Array());
const sender: LotSender = {
  person: { id: '899700218896', family: 'BERTHELOT', given: 'Anne', authority: '1.2.250.1.71.4.2.1', type: 'IDNPS' }, device: '',
  organization: { name: 'Groupe Dupont & Fils', id: '990000001', type: 'FINEG', authority: '1.2.250.1.71.4.2.2' },
};
const made = (changed: Partial<LotSender> | null, patientClass = 'O') =>
  submissionSetOf({ uniqueId: '1.2.3', sourceId: '1.2', at: Date.UTC(2026, 10, 22, 0, 30, 5), sender: changed === null ? null : { ...sender, ...changed }, entry, patientClass });
const person = (id: string, type: string) => made({ person: { id, family: 'X', given: 'Y', authority: '', type } }).authors[0]?.person;

test('a lot sent by a professional', () => {
  expect(made({})).toEqual({
    id: 'SubmissionSet01', uniqueId: '1.2.3', sourceId: '1.2', patientId, submissionTime: '20261122003005', contentTypeCode: { code: '07', scheme: '1.2.250.1.213.2.2', display: 'Consultation Soins Externes' },
    authors: [{ ...author, institutions: ['Groupe Dupont \\T\\ Fils^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1990000001'] }], title: entry.title, comments: '', intendedRecipients: [], slots: {},
  });
});
test('numbers become national ones', () => {
  expect(person('99700218896', 'RPPS')).toBe('899700218896^X^Y^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS');
  expect(person('999000001', 'ADELI')).toMatch(/^0999000001\^/u);
  expect(person('3990000019/221', 'EI')).toMatch(/^3990000019\/221\^.*\^EI$/u);
  expect([['990000001', 'FINEJ'], ['123456789', 'SIREN'], ['12345678900011', 'SIRET'], ['1990000001', 'IDNST'], ['12', 'FINEJ']].map(([id = '', type = '']) => nationalStructure(id, type))).toEqual(['1990000001', '2123456789', '312345678900011', '1990000001', '12']);
});
test('somebody else than the document’s author has not its specialty; without a structure the document’s is kept', () => {
  const other = made({ person: { id: '899700218904', family: 'X', given: 'Y', authority: '', type: 'IDNPS' }, organization: null }).authors;
  expect(other).toEqual([{ person: '899700218904^X^Y^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS', institutions: author.institutions, roles: [], specialties: [] }]);
});
test('a system; nobody', () => {
  expect(made({ person: null, device: 'SGL Quatre-Vents' }).authors[0]?.person).toBe('SGL Quatre-Vents^SGL Quatre-Vents^^^^^^^&1.2.250.1.71.4.2.1&ISO^U^^^RI');
  expect(made(null).authors).toEqual([author]);
  expect(made({ person: null, device: '' }).authors).toEqual([author]);
});
test.each([['I', '03'], ['O', '07'], ['E', '07'], ['R', '19'], ['N', '97'], ['P', '97'], ['', '97']])('PV1-2 %s is activity %s', (patientClass, code) => {
  expect(made({}, patientClass).contentTypeCode?.code).toBe(code);
});
