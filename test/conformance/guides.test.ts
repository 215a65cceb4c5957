import { expect, test } from '@jest/globals';
import { TypeModel } from '../../src/validate/registry/type-model.ts';
import { createValidator } from '../../src/validate/validator.ts';
import { whenShared } from '../when-shared.ts';
import { coreDefinitions, guideArchives, guideExamples, guideWithOthers } from './definitions.ts';
import { guideDefects } from './guide-defects.ts';
import { mutantsOf } from './mutants.ts';

whenShared('FR Core and the ANS guides', () => {
  test.each(guideArchives())('%s: its examples are accepted, or the example is at fault', archive => {
    const validator = createValidator({ definitions: coreDefinitions(), packages: guideWithOthers(archive), language: 'en' });
    const refused: Record<string, string[]> = {};
    for (const [name, resource] of guideExamples(archive)) {
      const { valid, outcome } = validator.validate(resource);
      if (!valid) refused[name] = [...new Set(outcome.issue.filter(issue => issue.severity === 'error').map(issue => issue.details.coding[0]?.code ?? ''))].sort();
    }
    const known = Object.fromEntries(guideDefects.filter(defect => defect.archive === archive).map(defect => [defect.example, [...defect.rules]]));
    expect(refused).toEqual(known);
  });

  test('every rule in the list of defects says why it is the example', () => {
    expect(guideDefects.filter(defect => defect.why === '')).toEqual([]);
  });

  test.each(guideArchives().filter(archive => archive.startsWith('hl7.fhir.fr.core')))('%s: every must-refuse mutant is refused, where it was changed', archive => {
    const validator = createValidator({ definitions: coreDefinitions(), packages: guideWithOthers(archive), language: 'en' });
    const model = new TypeModel(validator.structures);
    const missed: string[] = [];
    let count = 0;
    for (const [name, resource] of guideExamples(archive)) {
      for (const mutant of mutantsOf(resource, model)) {
        count += 1;
        const { outcome } = validator.validate(mutant.resource);
        const places = outcome.issue.filter(issue => issue.severity === 'error').map(issue => shape(issue.expression?.[0] ?? ''));
        const wanted = mutant.place.map(step => typeof step === 'number' ? '' : step);
        if (!places.some(place => near(place, wanted))) missed.push(`${name} ${mutant.kind} at ${mutant.place.join('.')}`);
      }
    }
    expect(missed).toEqual([]);
    expect(count).toBeGreaterThan(1000);
  });
});

/** The property names of an expression, choices by their JSON name. */
function shape(expression: string): string[] {
  return expression.split('.').slice(1).filter(step => !step.startsWith('ofType(')).map(step => step.replace(/\[\d+\]/g, ''));
}

/** The error is at the changed element, above it by one, or below. */
function near(place: readonly string[], wanted: readonly string[]): boolean {
  const names = wanted.filter(step => step !== '');
  return names.slice(0, -1).every((name, index) => name === place[index] || name.startsWith(place[index] ?? '\0'));
}
