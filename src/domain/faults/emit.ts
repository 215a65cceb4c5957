import { faults } from '../fault.ts';

/** What leaves for a destination, against the profiles it pins. The validator's own texts and places are carried over. */
export const emitFaults = faults({
  'emit.issue': {
    stage: 'emit', severity: 'warning', class: 'permanent', blame: 'us',
    text: { fr: 'Vers {1} : {0}', en: 'To {1}: {0}' },
    advice: { fr: 'Voyez la contrainte et le profil cités ; si la donnée manque dans le message, c’est à l’émetteur de la donner.', en: 'See the constraint and the profile named; if the message lacks the data, its sender must give it.' },
    spec: 'FHIR R4 ; profils fixés pour la destination',
  },
  'emit.profile-unknown': {
    stage: 'emit', severity: 'warning', class: 'configuration', blame: 'operator',
    text: { fr: 'Vers {1} : {0}', en: 'To {1}: {0}' },
    advice: { fr: 'Ajoutez le paquet qui définit ce profil (« passerelle packages add ») et citez-le dans « validation.packages » de la destination.', en: 'Add the package that defines this profile ("passerelle packages add") and name it in the destination’s "validation.packages".' },
    spec: 'FHIR R4, Meta.profile',
  },
  'emit.profile-missing': {
    stage: 'emit', severity: 'warning', class: 'configuration', blame: 'operator',
    text: { fr: 'Le profil {0}, exigé pour {1}, n’est dans aucun paquet : rien n’a été contrôlé par lui.', en: 'Profile {0}, required for {1}, is in no package: nothing was checked by it.' },
    advice: { fr: 'Ajoutez le paquet qui le définit (« passerelle packages add ») et citez-le dans « validation.packages » de la destination, ou corrigez l’adresse.', en: 'Add the package that defines it ("passerelle packages add") and name it in the destination’s "validation.packages", or correct the address.' },
    spec: 'FHIR R4, canonical',
  },
  'emit.unchecked': {
    stage: 'emit', severity: 'information', class: 'configuration', blame: 'operator',
    text: { fr: 'Vers {1} : le jeu de valeurs {0} n’est pas disponible, ce code n’a pas été contrôlé.', en: 'To {1}: value set {0} is not available, this code was not checked.' },
    advice: { fr: 'Ajoutez le paquet qui le contient (« passerelle packages add »).', en: 'Add the package that holds it ("passerelle packages add").' },
    spec: 'FHIR R4, terminologies',
  },
  'emit.not-conformant': {
    stage: 'emit', severity: 'error', class: 'permanent', blame: 'us',
    text: { fr: 'Retenu : ce qui partirait ne respecte pas les profils fixés pour la destination ({0} anomalie(s) ; la première, {1} : {2})', en: 'Held: what would leave does not meet the profiles pinned for the destination ({0} issue(s); the first, {1}: {2})' },
    advice: { fr: 'Corriger à la source et renvoyer le message, ou corriger les profils ou « validation.mode » de la destination, puis libérer la remise : elle est alors recontrôlée', en: 'Mend it at the source and send the message again, or mend the profiles or the destination’s "validation.mode", then release the delivery: it is then checked again' },
    spec: 'FHIR R4 ; profils fixés pour la destination',
  },
});
