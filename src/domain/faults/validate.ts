import { faults } from '../fault.ts';

/** What the profile validator says of a message's Bundle, as findings. The validator's own texts and places are carried over. */
export const validateFaults = faults({
  'validate.issue': {
    stage: 'validate', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: '{0}', en: '{0}' },
    advice: { fr: 'Voyez la contrainte et le profil cités ; « passerelle validate » donne le détail.', en: 'See the constraint and the profile named; "passerelle validate" gives the details.' },
    spec: 'FHIR R4 ; profils de Passerelle', hl7: { ack: 'AE', err3: 207, err5: 906 }, http: 422, issue: 'invariant',
  },
  'validate.unchecked': {
    stage: 'validate', severity: 'information', class: 'configuration', blame: 'operator',
    text: { fr: 'Le jeu de valeurs {0} n’est pas disponible : ce code n’a pas été contrôlé.', en: 'Value set {0} is not available: this code was not checked.' },
    advice: { fr: 'Ajoutez le paquet qui le contient (« passerelle packages add »).', en: 'Add the package that holds it ("passerelle packages add").' },
    spec: 'FHIR R4, terminologies',
  },
});
