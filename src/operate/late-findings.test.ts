import { expect, test } from '@jest/globals';
import { finding } from '../domain/finding.ts';
import { lateFindings } from './late-findings.ts';

const checked = (delivery: number, ...places: string[]) =>
  ({ delivery, stage: 'emit', kind: 'checked', detail: JSON.stringify({ findings: places.map((place) => finding('emit.issue', place, 'min', 'region')) }) });

test('of each delivery, what was found the last time it was made', () => {
  const events = [{ delivery: null, stage: 'journal', kind: 'repeated', detail: 'not JSON' }, checked(1, 'A', 'B'), checked(2, 'C'), checked(1, 'D')];
  expect(lateFindings(events).map(({ code, location }) => [code, location])).toEqual([['emit.issue', 'D'], ['emit.issue', 'C']]);
  expect(lateFindings([])).toEqual([]);
});
