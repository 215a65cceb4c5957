/** An example of a published guide that is refused because of the example, the rules it breaks, and what is wrong with it. */
export interface GuideDefect { readonly archive: string; readonly example: string; readonly rules: readonly string[]; readonly why: string }

function defects(archive: string, rules: readonly string[], why: string, examples: readonly string[]): GuideDefect[] {
  return examples.map(example => ({ archive, example, rules, why }));
}

export const guideDefects: readonly GuideDefect[] = [
  ...defects('ans.fhir.fr.annuaire-1.2.0-snapshot-2.tgz', ['binding'], 'a code, or its system, that is not in the required value set', [
    'Organization-158480', 'Organization-158480DP', 'Organization-481677', 'Organization-481677DP', 'Organization-548812',
    'Organization-548812DP', 'Practitioner-334081', 'Practitioner-3719500',
  ]),
  ...defects('ans.fhir.fr.annuaire-1.2.0-snapshot-2.tgz', ['slice-min'], 'the versioned canonical the profile pins is not in meta.profile', [
    'Person-pp16dr-person', 'Person-pp19dr-person',
  ]),
  ...defects('ans.fhir.fr.cds-2.0.1.tgz', ['empty-string', 'reference-profile', 'slice-min'], 'an extension with an empty string as value; the target of a reference has one of the faults named here; a slice by profile whose resource has one of the faults named here', [
    'Bundle-cds-bundle-transaction-creation-example',
  ]),
  ...defects('ans.fhir.fr.cds-2.0.1.tgz', ['empty-string'], 'an extension with an empty string as value', [
    'CareTeam-cds-careteam-example', 'Organization-cds-organization-example',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['ref-1'], 'a reference "#…" to a resource that is an entry of the Bundle, not a contained one', [
    'Bundle-HAS-01-Presc-Pantoprazole-DC', 'Bundle-HAS-12-3-Presc-Enoxaparine', 'Bundle-Presc-BISOPROLOL-SANDOZ-DosesRationnelles',
    'Bundle-Presc-Betamethasone-ApplCut', 'Bundle-Presc-Capecitabine-Dose-Calculee', 'Bundle-Presc-DIPROSONE-AppCut', 'Bundle-Presc-EFFERALGAN',
    'Bundle-Presc-Fentanyl-patch72h-TL3j', 'Bundle-Presc-MATRIFEN-patch-TL72h', 'Bundle-Presc-Methylpredinosolone-DosesEvolutives',
    'Bundle-Presc-MiniperfCefotaxime-En20min-Pdt3j', 'Bundle-Presc-MiniperfCefotaxime-En20min-Pdt4j', 'Bundle-Presc-NICORETTESKIN-patch',
    'Bundle-Presc-Nicotine-15mgPar16h', 'Bundle-Presc-Paracetamol-DoseEvolutive', 'Bundle-Presc-Paracetamol-TL6h', 'Bundle-Presc-Paracetamol',
    'Bundle-Presc-ParacetamolCodeine-500mg30mg', 'Bundle-Presc-PerfDobutamine-Qsp40mL', 'Bundle-Presc-PerfGl-NaCl-KCl-1l',
    'Bundle-Presc-PerfGl-NaCl-KCl-500ml', 'Bundle-Presc-SolPrPerf-BIONOLYTE-G5-500mL-Sur12h', 'Bundle-TradPN13FHIR-Presc-DOLIPRANE-Interpret',
    'Bundle-TradPN13FHIR-Presc-DOLIPRANE', 'Bundle-TradPN13FHIR-Presc-Paracetamol-SiDouleur', 'Bundle-TradPN13FHIR-Presc-Paracetamol',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['tim-10'], 'timeOfDay together with when', [
    'Bundle-HAS-15-Presc-Morphine', 'Bundle-HAS-30-1-Presc-Hydrocortisone',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['tim-8'], 'countMax without count', [
    'Bundle-HAS-16-Presc-Racecadotril',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['extension-context', 'ref-1', 'slice-closed'], 'the extension is published for RequestGroup.action.retaledAction, a misspelling; a reference "#…" to a resource that is an entry of the Bundle, not a contained one; medication as a code, where the profile closes medication[x] on medicationReference', [
    'Bundle-MultiLine-Presc-METFORMINE-GLICLAZIDE', 'Bundle-TradPN13FHIR-MultiLine-Presc-Alt-METFORMINE-GLICLAZIDE',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['ref-1', 'slice-closed'], 'a reference "#…" to a resource that is an entry of the Bundle, not a contained one; medication as a code, where the profile closes medication[x] on medicationReference', [
    'Bundle-MultiLine-Presc-METHOTREXATE-LEDERFOLINE', 'Bundle-MultiLine-Presc-Sucralfate-Paracetamol',
    'Bundle-TradPN13FHIR-Presc-Morphine-PCA',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['slice-closed'], 'medication as a code, where the profile closes medication[x] on medicationReference', [
    'Bundle-Presc-CLARADOL-DoseDiffParHoraire', 'Bundle-Presc-CLARADOL-SiDouleur-MaxPrise-DelaisMin',
    'Bundle-Presc-CLARADOL-TL6h-MedCodeableConcept', 'Bundle-Presc-CLARADOL-TLMardisVendredis', 'Bundle-Presc-CODOLIPRANE-MedCodeableConcept',
    'Bundle-Presc-MV-PerfGl-NaCl-KCl',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['rat-1', 'ref-1'], 'a ratio with half of it missing; a reference "#…" to a resource that is an entry of the Bundle, not a contained one', [
    'Bundle-Presc-DOLIPRANE-20DoseParKG',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['ref-1', 'tim-6'], 'a reference "#…" to a resource that is an entry of the Bundle, not a contained one; periodMax without period', [
    'Bundle-Presc-Paracetamol-SiDouleur-MaxPrise-DelaisMin',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['min', 'ref-1'], 'a required element is missing; a reference "#…" to a resource that is an entry of the Bundle, not a contained one', [
    'Bundle-TradPN13FHIR-Presc-perfusion-6-composants',
  ]),
  ...defects('ans.fhir.fr.nde-3.0.0.tgz', ['binding', 'min', 'reference-profile'], 'a code, or its system, that is not in the required value set; a required element is missing; the target of a reference has one of the faults named here', [
    'CommunicationRequest-com1',
  ]),
  ...defects('ans.fhir.fr.nde-3.0.0.tgz', ['binding', 'reference-profile'], 'a code, or its system, that is not in the required value set; the target of a reference has one of the faults named here', [
    'CommunicationRequest-com2',
  ]),
  ...defects('ans.fhir.fr.nde-3.0.0.tgz', ['binding', 'min', 'profile-mismatch', 'reference-profile'], 'a code, or its system, that is not in the required value set; a required element is missing; the contained resource has one of the faults named here; the target of a reference has one of the faults named here', [
    'Subscription-sub1',
  ]),
  ...defects('ans.fhir.fr.pdsm-3.1.1.tgz', ['attachment-size'], 'size does not match the data', [
    'DocumentReference-PDSmSimplifiedExample',
  ]),
  ...defects('ans.fhir.fr.pdsm-3.1.1.tgz', ['dom-3', 'dom-4', 'extension-sub', 'pattern', 'slice-min'], 'a contained resource nobody refers to; a contained resource with meta.lastUpdated or versionId; a sub-extension the extension does not define; meta.source is not the one the profile fixes; the versioned canonical the profile pins is not in meta.profile', [
    'DocumentReference-exemple-pdsm-documentreference',
  ]),
  ...defects('ans.fhir.fr.pdsm-3.1.1.tgz', ['binding', 'dom-4', 'pattern', 'reference-profile', 'slice-min'], 'a code, or its system, that is not in the required value set; a contained resource with meta.lastUpdated or versionId; meta.source is not the one the profile fixes; the target of a reference has one of the faults named here; the versioned canonical the profile pins is not in meta.profile', [
    'List-ExampleSubmissionSet',
  ]),
  ...defects('ans.fhir.fr.pdsm-3.1.1.tgz', ['binding', 'pattern', 'slice-min'], 'a code, or its system, that is not in the required value set; meta.source is not the one the profile fixes; the versioned canonical the profile pins is not in meta.profile', [
    'Organization-org-example',
  ]),
  ...defects('ans.fhir.fr.pdsm4dmp-0.1.0.tgz', ['bundle-full-url'], 'fullUrl is not absolute', [
    'Bundle-example-annexe-searchset-documentreferences',
  ]),
  ...defects('ans.fhir.fr.sas-1.2.0.tgz', ['reference-profile', 'reference-profile-unknown', 'reference-type', 'slice-min'], 'the target of a reference has one of the faults named here; the target profile is of FR Core 1.1.0, which is in no package here; a slice by profile whose resource has one of the faults named here', [
    'Bundle-ExampleBundleAgregateurSOS',
  ]),
  ...defects('ans.fhir.fr.tde-2.0.0.tgz', ['min'], 'a required element is missing', [
    'Practitioner-PractitionerExample',
  ]),
  ...defects('ans.fhir.fr.telesurveillance-0.1.0.tgz', ['binding', 'slice-min'], 'a code, or its system, that is not in the required value set; a body weight without the category vital-signs', [
    'Observation-TLSVObservationExample04',
  ]),
];
