import { describe, expect, it } from '@jest/globals';
import type { DocumentFact, FactsAt } from '../domain/fact.ts';
import { documentVerdict, doneAwayWith, forbidden, overtaken, seriesOf } from './series.ts';

const told = (uniqueId: string, sha1: string, action: DocumentFact['action'], series = uniqueId): DocumentFact => ({ kind: 'document', keys: [`DOC|${uniqueId}`], uniqueId, sha1, action, series, source: 'lab', patient: ['ID|a|1'] });
const facts = (...all: DocumentFact[]): FactsAt => ({ upTo: all.length, known: all.map((fact, i) => ({ seq: i + 1, fact })) });
const verdict = (known: FactsAt, sha1: string, action: DocumentFact['action']) => documentVerdict(known, '1.2.3', sha1, action).verdict;

describe('exactly once, at document level', () => {
  it('is new when nothing is known of it', () => { expect(verdict(facts(), 'a', 'submit')).toBe('new'); });
  it('is known again with the same bytes, and reused with others', () => {
    expect(verdict(facts(told('1.2.3', 'a', 'submit')), 'a', 'submit')).toBe('known');
    expect(verdict(facts(told('1.2.3', 'a', 'submit')), 'b', 'submit')).toBe('reused');
  });
  it('lets a deletion follow, once', () => {
    expect(verdict(facts(told('1.2.3', 'a', 'submit')), 'a', 'delete')).toBe('new');
    expect(verdict(facts(told('1.2.3', 'a', 'submit'), told('1.2.3', 'a', 'delete')), 'a', 'delete')).toBe('known');
  });
  it('does not bring a deleted document back', () => { expect(verdict(facts(told('1.2.3', 'a', 'delete')), 'a', 'submit')).toBe('deleted'); });
  it('does not bring back a version that a later one replaced, unless that one was deleted; what is known stays known', () => {
    const next = { ...told('2', 'b', 'replace', '1.2.3'), keys: ['DOC|2', 'DOC|1.2.3'] };
    expect(verdict(facts(next), 'a', 'submit')).toBe('replaced');
    expect(verdict(facts(next), 'a', 'delete')).toBe('new');
    expect(verdict(facts(next, { ...next, action: 'delete' }), 'a', 'submit')).toBe('new');
    expect(verdict(facts(told('1.2.3', 'a', 'submit'), next), 'a', 'submit')).toBe('known');
  });
  it('keeps a replacement in its first version’s series', () => {
    const known = facts(told('1', 'a', 'submit'), told('2', 'b', 'replace', '1'));
    expect(seriesOf(known, '3', '2')).toBe('1');
    expect(seriesOf(known, '9', '')).toBe('9');
    expect(seriesOf(known, '9', '8')).toBe('8');
  });
  it('takes its place before what replaces or deletes it, of the same source and patient, hiding no more than it', () => {
    const next = { ...told('2', 'b', 'replace', '1.2.3'), keys: ['DOC|2', 'DOC|1.2.3'] };
    const by = (source: string, ...patient: string[]) => ({ source, patient });
    const late = (known: FactsAt, hidden: readonly string[] | null = null, who = by('lab', 'ID|a|1')) => overtaken(known, '1.2.3', who, hidden);
    for (const known of [facts(next), facts(told('1.2.3', 'x', 'delete'))]) {
      expect([late(known), late(known, null, by('other', 'ID|a|1')), late(known, null, by('lab', 'ID|b|9'))]).toEqual([true, false, false]);
    }
    expect([late(facts(next), ['MASQUE_PS']), late(facts({ ...next, hidden: ['MASQUE_PS'] }), ['MASQUE_PS']), late(facts(told('1.2.3', 'x', 'delete')), ['MASQUE_PS'])]).toEqual([false, true, true]);
    expect(late(facts(told('1.2.3', 'a', 'submit'), next))).toBe(false);
  });
  it('stays deleted when its deletion came before it', () => {
    const known = facts(told('1.2.3', 'a', 'delete'), told('1.2.3', 'a', 'submit'));
    expect([verdict(known, 'a', 'submit'), verdict(known, 'a', 'delete')]).toEqual(['deleted', 'known']);
    expect(overtaken(known, '1.2.3', { source: 'lab', patient: ['ID|a|1'] }, null)).toBe(false);
    expect(doneAwayWith(known, ['DOC|1.2.3'], 0).map(({ seq }) => seq)).toEqual([1]);
  });
  it('is changed only for its patient, by its source', () => {
    const known = facts(told('1.2.3', 'a', 'submit'));
    const by = (source: string, ...patient: string[]) => forbidden(known, '1.2.3', { source, patient });
    expect([by('lab', 'ID|a|1'), by('lab', 'ID|a|1', 'ID|b|7'), by('lab', 'ID|a|2'), by('lab'), by('other', 'ID|a|1')]).toEqual([null, null, 'other-patient', 'other-patient', 'other-source']);
    expect(forbidden(known, '9.9', { source: 'other', patient: [] })).toBeNull();
  });
  it('stays its patient’s when a merge retires the number it came under', () => {
    const known: FactsAt = { upTo: 2, known: [...facts(told('1.2.3', 'a', 'submit')).known, { seq: 2, fact: { kind: 'merge', keys: ['ID|a|9', 'ID|a|1'], at: null } }] };
    expect(forbidden(known, '1.2.3', { source: 'lab', patient: ['ID|a|9'] })).toBeNull();
  });
});
