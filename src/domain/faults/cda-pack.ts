import { faults } from '../fault.ts';

const clause = 'DMP EX_2.1-1090, EX_2.1-1071 (contrôle de conformité avant envoi)';
const conformity = { stage: 'validate', severity: 'error', class: 'permanent', blame: 'sender', issue: 'structure', http: 422, hl7: { ack: 'AE', err3: 207, err5: 906 } } as const;

/** What the CI-SIS packs added by the operator (schemas, schematrons) say of a document. The rule's own words; never a value of the document. */
export const cdaPackFaults = faults({
  'cda-pack.schema': {
    ...conformity, spec: `${clause} ; CDA_extended.xsd`,
    text: { fr: 'Le document n’est pas conforme au schéma CDA du CI-SIS (ligne:colonne {0}) : {1}', en: 'The document does not conform to the CI-SIS CDA schema (line:column {0}): {1}' },
    advice: { fr: 'Corrigez le document chez son émetteur : le DMP le refuserait.', en: 'Mend the document at its sender: the DMP would refuse it.' },
  },
  'cda-pack.rule': {
    ...conformity, issue: 'invariant', spec: `${clause} ; schématron du volet`,
    text: { fr: 'Le document ne respecte pas une règle de son volet (ligne:colonne {0}) : {1}', en: 'The document breaks a rule of its volet (line:column {0}): {1}' },
    advice: { fr: 'Corrigez le document chez son émetteur : le DMP le refuserait.', en: 'Mend the document at its sender: the DMP would refuse it.' },
  },
  'cda-pack.unchecked': {
    ...conformity, severity: 'warning', class: 'configuration', blame: 'operator', issue: 'incomplete', spec: clause,
    text: { fr: 'Contrôle incomplet par le pack CI-SIS ({0}) : {1}', en: 'Incomplete check by the CI-SIS pack ({0}): {1}' },
    advice: { fr: 'Complétez le pack : « passerelle packages add » dit ce qui lui manque.', en: 'Complete the pack: "passerelle packages add" says what it lacks.' },
  },
});
