import { describe, expect, test } from '@jest/globals';
import { choose, type ChoiceRules } from './choose.ts';
import type { DirectoryMailbox, Known } from './mailbox.ts';

const rpps = '99700218912', here = '990000001', there = '990000019';
const rules: ChoiceRules = { practice: false, services: {}, applications: {} };
const box = (address: string, over: Partial<DirectoryMailbox> = {}): DirectoryMailbox =>
  ({ address: `${address}@x.mssante.test`, type: 'PER', rank: null, digitization: true, service: '', description: '', rpps, structure: '', ...over });
const org = (address: string, over: Partial<DirectoryMailbox> = {}) => box(address, { type: 'ORG', rpps: '', structure: here, ...over });
const known = (...mailboxes: DirectoryMailbox[]): Known => ({ mailboxes, gone: false });
const person = { rpps, structure: '', name: '' }, personHere = { rpps, structure: here, name: '' }, structure = { rpps: '', structure: here, name: '' };
const to = (name: string, rule: string) => ({ to: `${name}@x.mssante.test`, rule, warning: null });

describe('the mailbox of a recipient (mss.md §5.3)', () => {
  test('of a person at a structure is the one of that place, else the person’s own', () => {
    const boxes = known(box('own'), box('here', { structure: here }), box('there', { structure: there }), org('service'));
    expect(choose(personHere, boxes, rules, null)).toEqual(to('here', 'person-at-structure'));
    expect(choose({ ...personHere, structure: '990000027' }, boxes, rules, null)).toEqual(to('own', 'person'));
    expect(choose(person, boxes, rules, null)).toEqual(to('own', 'person'));
  });

  test('is the preferred one by rank; of two equal ones none', () => {
    expect(choose(person, known(box('second', { rank: 2 }), box('first', { rank: 1 }), box('none')), rules, null)).toEqual(to('first', 'person'));
    expect(choose(person, known(box('a'), box('b')), rules, null)).toEqual({ held: 'recipients.ambiguous' });
    expect(choose(person, known(box('a'), box('A')), rules, null)).toMatchObject({ rule: 'person' });
  });

  test('of a person known only at one workplace is that one; never another place’s than the one named', () => {
    expect(choose(person, known(box('there', { structure: there })), rules, null)).toEqual(to('there', 'person'));
    expect(choose(personHere, known(box('there', { structure: there })), rules, null)).toEqual({ held: 'recipients.not-found' });
  });

  test('may be a practice’s where that is allowed, never a service’s for a person', () => {
    const practice = known(box('practice', { type: 'CAB' }), org('service'));
    expect(choose(personHere, practice, rules, null)).toEqual({ held: 'recipients.not-found' });
    expect(choose(personHere, practice, { ...rules, practice: true }, null)).toEqual(to('practice', 'practice'));
  });

  test('of a structure is its only one, or the service’s that the configuration names', () => {
    const two = known(org('cardio', { service: 'CARDIOLOGIE' }), org('bio', { description: 'Secrétariat biologie' }));
    expect(choose(structure, known(org('only')), rules, null)).toEqual(to('only', 'structure'));
    expect(choose(structure, two, rules, null)).toEqual({ held: 'recipients.ambiguous' });
    expect(choose(structure, two, { ...rules, services: { [here]: 'Biologie' } }, null)).toEqual(to('bio', 'structure'));
  });

  test('of a person without a number is nobody\'s: not the service\'s, not the software\'s', () => {
    const nameless = { person: true, rpps: '', structure: here, name: '' };
    expect(choose(nameless, known(org('only')), { ...rules, applications: { [here]: 'agreed@x.mssante.test' } }, null)).toEqual({ held: 'recipients.unidentified' });
    expect(choose({ ...nameless, person: false }, known(org('only')), rules, null)).toEqual(to('only', 'structure'));
  });

  test('of software is only by agreement, whatever the directory publishes', () => {
    const app = known(org('app', { type: 'APP' }));
    expect(choose(structure, app, rules, null)).toEqual({ held: 'recipients.not-found' });
    expect(choose(structure, app, { ...rules, applications: { [here]: 'agreed@x.mssante.test' } }, null)).toEqual(to('agreed', 'application'));
  });

  test('of named software is not a service’s where nothing is agreed', () => {
    const software = { application: true, rpps: '', structure: here, name: '' };
    expect(choose(software, known(org('service')), rules, null)).toEqual({ held: 'recipients.no-agreement' });
    expect(choose(software, known(org('service')), { ...rules, applications: { [here]: 'app@x.mssante.test' } }, null)).toEqual(to('app', 'application'));
  });

  test('is in the trust space, or nobody’s; who left or is not published is held, and said', () => {
    const trusted = (domain: string): boolean => domain === 'y.mssante.test';
    expect(choose(person, known(box('a')), rules, trusted)).toEqual({ held: 'recipients.outside-trust-space' });
    // One inside that does not suit is no reason to say that nothing is published.
    const elsewhere = box('practice', { address: 'p@y.mssante.test', type: 'CAB' });
    expect(choose(person, known(box('a'), elsewhere), rules, trusted)).toEqual({ held: 'recipients.outside-trust-space' });
    expect(choose(person, known(elsewhere), rules, trusted)).toEqual({ held: 'recipients.not-found' });
    expect(choose(person, { mailboxes: [], gone: true }, rules, null)).toEqual({ held: 'recipients.gone' });
    expect(choose(person, known(), rules, null)).toEqual({ held: 'recipients.not-found' });
    expect(choose({ rpps: '', structure: '', name: 'Dr X' }, known(box('a')), rules, null)).toEqual({ held: 'recipients.unidentified' });
  });

  test('of who wants paper is found, with a word', () => {
    expect(choose(person, known(box('a', { digitization: false })), rules, null)).toMatchObject({ warning: 'recipients.paper-wanted' });
  });
});
