import { group, leaf, tuned } from '../declare.ts';

export const documents = group('Ce par quoi les documents destinés au DMP sont décrits et contrôlés.', 'What documents for the DMP are described and checked by.', {
  tables: leaf({ is: 'path' }, 'Dossier de tables nationales plus récentes que celles de cette version : JDV et ASS publiés par l’ANS (XML SVS, ValueSet ou ConceptMap FHIR en JSON).', 'Folder of national tables newer than this version’s: JDV and ASS published by the ANS (SVS XML, FHIR ValueSet or ConceptMap in JSON).', './tables', { default: null }),
  maskedAndInvisible: leaf({ is: 'boolean' }, 'Le DMP visé accepte un document à la fois masqué aux professionnels et invisible au patient (paramètre cumul-invisible_patient-masque_ps).', 'The DMP takes a document both masked to professionals and invisible to the patient (its parameter cumul-invisible_patient-masque_ps).', 'false', tuned(false)),
});
