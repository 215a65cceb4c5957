Profile: PasserelleSpecimen
Parent: Specimen
Id: passerelle-specimen
Title: "Specimen"
Description: "What was taken, from whom, and when."
* obeys passerelle-spm-when
* type 1..1
* type obeys passerelle-said
* subject 1..1
* subject only Reference(Patient)
* subject obeys passerelle-identified

Invariant: passerelle-spm-when
Description: "A specimen should say when it was collected or received"
* severity = #warning
* expression = "collection.collected.exists() or receivedTime.exists()"
* insert Fr([["Un échantillon devrait dire quand il a été prélevé ou reçu"]])
