ValueSet: PasserelleTimelineEvent
Id: passerelle-timeline-event
Title: "Événements de la ligne de vie"
Description: "The codes of JDV_J46 the gateway declares (the others are of the logistics of medical devices)."
* insert Provenance([[ANS JDV_J46-TypeEvenementNotification-CISIS]], 20220624120000, 2026-11-22)
* $TRE-R254#ADM "Admission d'un patient dans un établissement de santé"
* $TRE-R254#SOR "Sortie d'un patient de l'établissement de santé"
* $TRE-R254#DOC "Dépôt de document pour un patient"
* $TRE-R254#NOT "Création d'une note pour un patient dans le cahier de liaison"

Instance: passerelle-timeline-trigger
InstanceOf: ConceptMap
Usage: #definition
* url = "https://passerelle.test/fhir/ConceptMap/passerelle-timeline-trigger"
* version = "0.1.0"
* status = #active
* title = "Événement de la ligne de vie et flux qui le déclenche"
* copyright = "Source: ANS ASS_A13-TypeEvenement-FluxStandardise; version 20240126120000; read 2026-11-22"
* sourceUri = "https://passerelle.test/fhir/ValueSet/passerelle-timeline-event"
* targetUri = "https://mos.esante.gouv.fr/NOS/TRE_R255-FluxStandardise/FHIR/TRE-R255-FluxStandardise?vs"
* group.source = $TRE-R254
* group.target = $TRE-R255
* group.element[0].code = #ADM
* group.element[0].target.code = #ITI31-A01
* group.element[0].target.equivalence = #equivalent
* group.element[1].code = #SOR
* group.element[1].target.code = #ITI31-A03
* group.element[1].target.equivalence = #equivalent
* group.element[2].code = #DOC
* group.element[2].target.code = #ITI42-RQ
* group.element[2].target.equivalence = #equivalent
* group.element[3].code = #NOT
* group.element[3].target.code = #CREATION-NOTE
* group.element[3].target.equivalence = #equivalent
