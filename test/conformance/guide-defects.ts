/**
 * An example of a published guide that is refused, the rules it breaks, and what is wrong: with the example itself, or, where it says
 * so, with the guide that publishes it or with a version it depends on and that is not at hand.
 */
export interface GuideDefect { readonly archive: string; readonly example: string; readonly rules: readonly string[]; readonly why: string }

function defects(archive: string, rules: readonly string[], why: string, examples: readonly string[]): GuideDefect[] {
  return examples.map(example => ({ archive, example, rules, why }));
}

export const guideDefects: readonly GuideDefect[] = [
  ...defects('ans.fhir.fr.annuaire-1.2.0-snapshot-2.tgz', ['binding'], 'LEGAL-ENTITY and GEOGRAPHICAL-ENTITY were taken out of fr-core-vs-organization-type in FR Core 2.2.0, which the guide depends on and whose value set its slice organizationType requires', [
    'Organization-158480', 'Organization-158480DP', 'Organization-481677', 'Organization-481677DP', 'Organization-548812',
    'Organization-548812DP',
  ]),
  ...defects('ans.fhir.fr.annuaire-1.2.0-snapshot-2.tgz', ['binding'], 'communication with the code fr of TRE_G00, where the maximum value set is all-languages (BCP 47)', [
    'Practitioner-334081', 'Practitioner-3719500',
  ]),
  ...defects('ans.fhir.fr.annuaire-1.2.0-snapshot-2.tgz', ['slice-min'], 'the profile requires its own canonical with its version (as-dr-person|1.2.0-snapshot-2) in meta.profile; the example has it without', [
    'Person-pp16dr-person', 'Person-pp19dr-person',
  ]),
  ...defects('ans.fhir.fr.cds-2.0.1.tgz', ['empty-string', 'reference-profile', 'slice-min'], 'translations of name and alias with an empty content; the CareTeam and the Organization that have them fit neither the slice careTeam nor what participant.member may refer to', [
    'Bundle-cds-bundle-transaction-creation-example',
  ]),
  ...defects('ans.fhir.fr.cds-2.0.1.tgz', ['empty-string'], 'the translation of a name or an alias has an empty content', [
    'CareTeam-cds-careteam-example', 'Organization-cds-organization-example',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['ref-1'], 'a reference "#…" to a resource that is an entry of the Bundle, not a contained one', [
    'Bundle-HAS-01-Presc-Pantoprazole-DC', 'Bundle-HAS-12-3-Presc-Enoxaparine', 'Bundle-Presc-BISOPROLOL-SANDOZ-DosesRationnelles',
    'Bundle-Presc-Capecitabine-Dose-Calculee', 'Bundle-Presc-DIPROSONE-AppCut', 'Bundle-Presc-EFFERALGAN',
    'Bundle-Presc-Fentanyl-patch72h-TL3j', 'Bundle-Presc-MATRIFEN-patch-TL72h', 'Bundle-Presc-Methylpredinosolone-DosesEvolutives',
    'Bundle-Presc-MiniperfCefotaxime-En20min-Pdt3j', 'Bundle-Presc-MiniperfCefotaxime-En20min-Pdt4j', 'Bundle-Presc-NICORETTESKIN-patch',
    'Bundle-Presc-Nicotine-15mgPar16h', 'Bundle-Presc-Paracetamol-TL6h', 'Bundle-Presc-Paracetamol',
    'Bundle-Presc-ParacetamolCodeine-500mg30mg', 'Bundle-Presc-PerfDobutamine-Qsp40mL',
    'Bundle-Presc-PerfGl-NaCl-KCl-500ml', 'Bundle-TradPN13FHIR-Presc-DOLIPRANE-Interpret',
    'Bundle-TradPN13FHIR-Presc-DOLIPRANE', 'Bundle-TradPN13FHIR-Presc-Paracetamol-SiDouleur', 'Bundle-TradPN13FHIR-Presc-Paracetamol',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['ref-1'], 'a reference "#…" to a medication by an id that no resource has, contained or in the Bundle', [
    'Bundle-Presc-Betamethasone-ApplCut', 'Bundle-Presc-Paracetamol-DoseEvolutive',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['ref-1'], 'references "#…" to entries of the Bundle, not contained resources; that to the compound medication is by an id that no resource has', [
    'Bundle-Presc-PerfGl-NaCl-KCl-1l',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['ref-1'], 'medicationReference is a reference "#…" to the very request, an entry of the Bundle that contains nothing', [
    'Bundle-Presc-SolPrPerf-BIONOLYTE-G5-500mL-Sur12h',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['tim-10'], 'timeOfDay together with when', [
    'Bundle-HAS-15-Presc-Morphine', 'Bundle-HAS-30-1-Presc-Hydrocortisone',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['tim-8'], 'countMax without count', [
    'Bundle-HAS-16-Presc-Racecadotril',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['extension-context', 'ref-1', 'slice-closed'], 'the guide’s extension is published for RequestGroup.action.retaledAction, a misspelling of relatedAction; a reference "#…" to a resource that is an entry of the Bundle, not a contained one; medication as a code, where the published snapshot of fr-inpatient-medicationrequest closes medication[x] on medicationReference (the guide’s defect: its base leaves it open and its own differential says nothing of it)', [
    'Bundle-MultiLine-Presc-METFORMINE-GLICLAZIDE', 'Bundle-TradPN13FHIR-MultiLine-Presc-Alt-METFORMINE-GLICLAZIDE',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['ref-1', 'slice-closed'], 'a reference "#…" to a resource that is an entry of the Bundle, not a contained one; medication as a code, where the published snapshot of fr-inpatient-medicationrequest closes medication[x] on medicationReference (the guide’s defect: its base leaves it open and its own differential says nothing of it)', [
    'Bundle-MultiLine-Presc-METHOTREXATE-LEDERFOLINE', 'Bundle-TradPN13FHIR-Presc-Morphine-PCA',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['ref-1', 'slice-closed'], 'references "#…" to entries of the Bundle, one of them by an id that no entry has; medication as a code, where the published snapshot of fr-inpatient-medicationrequest closes medication[x] on medicationReference (the guide’s defect: its base leaves it open and its own differential says nothing of it)', [
    'Bundle-MultiLine-Presc-Sucralfate-Paracetamol',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['slice-closed'], 'medication as a code, where the published snapshot of fr-inpatient-medicationrequest closes medication[x] on medicationReference (the guide’s defect: its base leaves it open and its own differential says nothing of it)', [
    'Bundle-Presc-CLARADOL-DoseDiffParHoraire', 'Bundle-Presc-CLARADOL-SiDouleur-MaxPrise-DelaisMin',
    'Bundle-Presc-CLARADOL-TL6h-MedCodeableConcept', 'Bundle-Presc-CLARADOL-TLMardisVendredis', 'Bundle-Presc-CODOLIPRANE-MedCodeableConcept',
    'Bundle-Presc-MV-PerfGl-NaCl-KCl',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['rat-1', 'ref-1'], 'a strength with a numerator and no denominator; a reference "#…" to a resource that is an entry of the Bundle, not a contained one', [
    'Bundle-Presc-DOLIPRANE-20DoseParKG',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['ref-1', 'tim-6'], 'a reference "#…" to a resource that is an entry of the Bundle, not a contained one; periodMax without period', [
    'Bundle-Presc-Paracetamol-SiDouleur-MaxPrise-DelaisMin',
  ]),
  ...defects('ans.fhir.fr.eprescription-1.1.0-ballot.tgz', ['min', 'ref-1'], 'the official name, which FR Core wants with a family, has only a given name; references "#…" to entries of the Bundle, that to the compound medication by an id that no entry has', [
    'Bundle-TradPN13FHIR-Presc-perfusion-6-composants',
  ]),
  ...defects('ans.fhir.fr.nde-3.0.0.tgz', ['binding', 'reference-profile'], 'the way the identity was validated (CN) has no system; the patient that has it is then none that subject may refer to', [
    'CommunicationRequest-com1', 'CommunicationRequest-com2',
  ]),
  ...defects('ans.fhir.fr.nde-3.0.0.tgz', ['binding', 'profile-mismatch', 'reference-profile'], 'the way the identity was validated (CN) has no system; the contained patient that has it fits neither profile that contained and the extension subject ask for', [
    'Subscription-sub1',
  ]),
  ...defects('ans.fhir.fr.pdsm-3.1.1.tgz', ['attachment-size'], 'size says 250000 where the data has 11 bytes', [
    'DocumentReference-PDSmSimplifiedExample',
  ]),
  ...defects('ans.fhir.fr.pdsm-3.1.1.tgz', ['dom-3', 'dom-4', 'extension-sub', 'pattern', 'slice-min'], 'a contained practitioner nobody refers to and with meta.lastUpdated; judged by annuaire 1.2.0-snapshot-2, for 1.1.0 that the guide depends on is not at hand: the mailbox has a sub-extension digitization, meta.source is another, and meta.profile is without the versioned canonicals', [
    'DocumentReference-exemple-pdsm-documentreference',
  ]),
  ...defects('ans.fhir.fr.pdsm-3.1.1.tgz', ['binding', 'dom-4', 'pattern', 'reference-profile', 'slice-min'], 'contained resources with meta.versionId and lastUpdated; judged by annuaire 1.2.0-snapshot-2, for 1.1.0 that the guide depends on is not at hand: meta.source is another, meta.profile is without the versioned canonicals, the type LEGAL-ENTITY is no longer in its value set, and references lead to those resources', [
    'List-ExampleSubmissionSet',
  ]),
  ...defects('ans.fhir.fr.pdsm-3.1.1.tgz', ['binding', 'pattern', 'slice-min'], 'judged by annuaire 1.2.0-snapshot-2, for 1.1.0 that the guide depends on is not at hand: meta.source is another, meta.profile is without the versioned canonicals, and the type LEGAL-ENTITY is no longer in its value set', [
    'Organization-org-example',
  ]),
  ...defects('ans.fhir.fr.pdsm4dmp-0.1.0.tgz', ['bundle-full-url'], 'fullUrl is a relative reference (DocumentReference/…), not an absolute URL', [
    'Bundle-example-annexe-searchset-documentreferences',
  ]),
  ...defects('ans.fhir.fr.sas-1.2.0.tgz', ['reference-profile', 'reference-profile-unknown', 'slice-min'], 'not the example: actor may only refer to FrLocation of FR Core 1.1.0, which is in no package here, so that the schedules, the slots that refer to them and the slices for both cannot be told to conform', [
    'Bundle-ExampleBundleAgregateurSOS',
  ]),
  ...defects('ans.fhir.fr.telesurveillance-0.1.0.tgz', ['binding', 'slice-min'], 'a body weight (LOINC 29463-7) in [kg], which is no UCUM unit of ucum-bodyweight, and without the category vital-signs', [
    'Observation-TLSVObservationExample04',
  ]),
];
