import type { Compiler } from '../../compile/compiler.ts';
import { shown } from '../../compile/claimed.ts';
import { parseCanonical } from '../../registry/canonical.ts';
import { reportAt, text, type Json, objects, type ResourceRule } from '../resource-rule.ts';
import { checkItems, type Asking } from './items.ts';
import { responseRules } from './texts.ts';

/** A response answers its questionnaire: questions, types, options, limits (questionnaireresponse.html#invariants). */
export const questionnaireResponse: ResourceRule = {
  id: 'questionnaire-response', types: ['QuestionnaireResponse'], source: 'R4 questionnaireresponse.html; reference validator (QuestionnaireValidator)', decision: 'adopted',
  why: 'orientation and telemonitoring forms are only as good as their answers',
  check: (resource, run, compiler) => {
    const canonical = text(resource.questionnaire);
    if (canonical === undefined) return;
    const questionnaire = find(canonical, resource, compiler);
    if (questionnaire === undefined) {
      reportAt(run, ['questionnaire'], responseRules.noQuestionnaire, [shown(canonical)]);
      return;
    }
    const { status } = resource;
    const asking: Asking = { run, compiler, questionnaire, response: resource, complete: status === 'completed' || status === 'amended' };
    checkItems(objects(questionnaire.item), resource, [], asking, 0);
  },
};

function find(canonical: string, response: Json, compiler: Compiler): Json | undefined {
  if (canonical.startsWith('#')) return objects(response.contained).find(one => one.id === canonical.slice(1));
  const found = compiler.structures.registry.find('Questionnaire', canonical) ?? compiler.structures.registry.find('Questionnaire', parseCanonical(canonical).url);
  return found?.definition as Json | undefined;
}
