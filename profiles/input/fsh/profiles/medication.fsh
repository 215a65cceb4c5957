RuleSet: OfOnePatient
* subject 1..1
* subject only Reference(Patient)
* subject obeys passerelle-identified

Profile: PasserelleMedicationRequest
Parent: MedicationRequest
Id: passerelle-medication-request
Title: "Prescription"
Description: "One prescribed line: which medicine, for whom, by whom, when, how. Source for the minimum: ANS ePrescription 1.1.0-ballot, fr-medicationrequest."
* obeys passerelle-rx-dosage and passerelle-med-named
* insert OfOnePatient
* authoredOn 1..1
* requester 1..1
* requester obeys passerelle-identified

Profile: PasserelleMedicationDispense
Parent: MedicationDispense
Id: passerelle-medication-dispense
Title: "Dispensation"
Description: "One dispensed line: which medicine, to whom, how much, when."
* obeys passerelle-med-named and passerelle-disp-handed and passerelle-disp-quantity
* insert OfOnePatient

Profile: PasserelleMedicationAdministration
Parent: MedicationAdministration
Id: passerelle-medication-administration
Title: "Administration"
Description: "One administration of a medicine: which, to whom, when, how much, or why it did not take place."
* obeys passerelle-med-named and passerelle-adm-dose and passerelle-adm-reason
* insert OfOnePatient

Invariant: passerelle-med-named
Description: "The medicine must be named by a code, a text or a reference"
* severity = #error
* expression = "medication.coding.exists() or medication.text.exists() or medication.reference.exists() or medication.identifier.exists()"
* insert Fr([["Le médicament doit être désigné par un code, un texte ou une référence"]])

Invariant: passerelle-rx-dosage
Description: "A prescription must have a dosage, unless it is cancelled, stopped or entered in error"
* severity = #error
* expression = "dosageInstruction.exists() or status = 'cancelled' or status = 'stopped' or status = 'entered-in-error'"
* insert Fr([["Une prescription doit avoir une posologie, sauf si elle est annulée, arrêtée ou saisie par erreur"]])

Invariant: passerelle-disp-handed
Description: "A completed dispensation must say when it was handed over or prepared"
* severity = #error
* expression = "status = 'completed' implies (whenHandedOver.exists() or whenPrepared.exists())"
* insert Fr([["Une dispensation achevée doit dire quand elle a été remise ou préparée"]])

Invariant: passerelle-disp-quantity
Description: "A completed dispensation must say how much was dispensed"
* severity = #error
* expression = "status = 'completed' implies quantity.value.exists()"
* insert Fr([["Une dispensation achevée doit dire quelle quantité a été délivrée"]])

Invariant: passerelle-adm-dose
Description: "A completed administration must say the dose, the rate or a text of it"
* severity = #error
* expression = "status = 'completed' implies (dosage.dose.exists() or dosage.rate.exists() or dosage.text.exists())"
* insert Fr([["Une administration achevée doit dire la dose, le débit ou un texte qui les exprime"]])

Invariant: passerelle-adm-reason
Description: "An administration that did not take place must say why"
* severity = #error
* expression = "status = 'not-done' implies statusReason.exists()"
* insert Fr([["Une administration qui n'a pas eu lieu doit dire pourquoi"]])
