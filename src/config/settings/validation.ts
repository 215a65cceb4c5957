import { group, leaf, list } from '../declare.ts';
import { conditions } from './rules.ts';

export const validation = group('Contrôle du Bundle de chaque message par des profils FHIR.', 'Check of each message’s Bundle against FHIR profiles.', {
  mode: leaf({ is: 'choice', of: ['off', 'report', 'enforce'] }, 'Aucun contrôle ; anomalies signalées ; ou message refusé (AE) à la première erreur.', 'No check; findings reported; or the message refused (AE) at the first error.', 'report', { default: 'off' }),
  packages: leaf({ is: 'texts' }, 'Paquets FHIR ajoutés à nos profils : fichiers .tgz, dossiers.', 'FHIR packages besides our own profiles: .tgz files, folders.', '[./packages/hl7.fhir.fr.core-2.1.0.tgz]', { default: [] }),
  profiles: list('Profils que les messages doivent respecter, selon ce qu’ils sont.', 'Profiles that messages must meet, by what they are.', 'name', {
    name: leaf({ is: 'text' }, 'Nom de la règle.', 'Name of the rule.', 'résultats'),
    when: group('Conditions, toutes nécessaires.', 'Conditions, all needed.', conditions),
    to: leaf({ is: 'texts' }, 'Adresses canoniques des profils du Bundle.', 'Canonical addresses of the Bundle’s profiles.', '[https://passerelle.test/fhir/StructureDefinition/passerelle-message]'),
  }),
});
