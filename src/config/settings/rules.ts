import { group, leaf, list } from '../declare.ts';

export const conditions = {
  format: leaf({ is: 'choices', of: ['hl7v2', 'hprim', 'pn13', 'cda', 'fhir', 'mail'] }, 'Formats.', 'Formats.', '[hl7v2]', { default: undefined }),
  type: leaf({ is: 'texts' }, 'Types de message ; « * » à la fin pour toute une famille.', 'Message types; "*" at the end for a whole family.', '[ORU^R01, ADT^*]', { default: undefined }),
  source: leaf({ is: 'texts' }, 'Sources.', 'Sources.', '[lab]', { default: undefined }),
  carries: leaf({ is: 'choice', of: ['document', 'results', 'patient', 'encounter'] }, 'Ce que le message porte.', 'What the message carries.', 'document', { default: undefined }),
  volet: leaf({ is: 'choice', of: ['cda', 'lps'] }, 'Volet CI-SIS du message.', 'CI-SIS volet of the message.', 'lps', { default: undefined }),
};

export const rules = list('Règles de routage, après les indicateurs du message lui-même ; toutes celles qui correspondent s’appliquent.',
  'Routing rules, after the message’s own flags; all that match apply.', 'name', {
    name: leaf({ is: 'text' }, 'Nom, montré avec chaque remise qu’elle cause.', 'Name, shown with each delivery it causes.', 'résultats vers la région'),
    when: group('Conditions, toutes nécessaires.', 'Conditions, all needed.', conditions),
    to: leaf({ is: 'texts' }, 'Destinations.', 'Destinations.', '[region]'),
  });

export const tests = list('Essais des règles, joués par « config test ».', 'Tests of the rules, run by "config test".', 'name', {
  name: leaf({ is: 'text' }, 'Ce que l’essai montre.', 'What the test shows.', 'un résultat va à la région'),
  given: group('Le message supposé.', 'The message supposed.', {
    format: leaf({ is: 'choice', of: ['hl7v2', 'hprim', 'pn13', 'cda', 'fhir', 'mail'] }, 'Son format.', 'Its format.', 'hl7v2', { default: 'hl7v2' }),
    type: leaf({ is: 'text' }, 'Son type.', 'Its type.', 'ORU^R01', { default: '' }),
    source: leaf({ is: 'text' }, 'Sa source.', 'Its source.', 'lab', { default: '' }),
    carries: leaf({ is: 'choices', of: ['document', 'results', 'patient', 'encounter'] }, 'Ce qu’il porte.', 'What it carries.', '[results]', { default: [] }),
    volet: leaf({ is: 'choice', of: ['cda', 'lps'] }, 'Son volet.', 'Its volet.', 'lps', { default: null }),
  }),
  expect: leaf({ is: 'texts' }, 'Destinations attendues, exactement, dans n’importe quel ordre.', 'Destinations expected, exactly, in any order.', '[region]'),
});
