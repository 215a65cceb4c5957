Profile: PasserelleObservation
Parent: Observation
Id: passerelle-observation
Title: "Observation"
Description: "What any measure or finding needs to be of use: of whom, what, when, and a value or the reason why there is none."
* obeys passerelle-obs-value
* code obeys passerelle-said
* subject 1..1
* subject only Reference(Patient)
* subject obeys passerelle-identified
* effective[x] 1..1
* effective[x] only dateTime or Period or instant
* component.code obeys passerelle-said
* component obeys passerelle-obs-component-value

Profile: PasserelleLabObservation
Parent: PasserelleObservation
Id: passerelle-lab-observation
Title: "Laboratory observation"
Description: "One laboratory result (an OBX of a structured ORU^R01). FR Core has no such profile."
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains laboratory 1..1
* category[laboratory] = $observation-category#laboratory
* referenceRange obeys passerelle-obs-range

Invariant: passerelle-obs-value
Description: "An observation must have a value, the reason why there is none, components or members, unless it is only registered, cancelled or entered in error"
* severity = #error
* expression = "value.exists() or dataAbsentReason.exists() or component.exists() or hasMember.exists() or status = 'registered' or status = 'cancelled' or status = 'entered-in-error'"
* insert Fr([["Une observation doit avoir une valeur, la raison de son absence, des composants ou des membres, sauf si elle est seulement enregistrée, annulée ou saisie par erreur"]])

Invariant: passerelle-obs-component-value
Description: "A component must have a value or the reason why there is none"
* severity = #error
* expression = "value.exists() or dataAbsentReason.exists()"
* insert Fr([["Un composant doit avoir une valeur ou la raison de son absence"]])

Invariant: passerelle-obs-range
Description: "The bounds of a reference range must be in the same unit"
* severity = #error
* expression = "low.empty() or high.empty() or low.unit.empty() or high.unit.empty() or low.unit = high.unit"
* insert Fr([["Les bornes d'un intervalle de référence doivent être dans la même unité"]])
