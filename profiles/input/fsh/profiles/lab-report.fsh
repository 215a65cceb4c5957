Profile: PasserelleLabReport
Parent: DiagnosticReport
Id: passerelle-lab-report
Title: "Laboratory report"
Description: "A structured laboratory report (an OBR of an ORU^R01 with its results). FR Core has no such profile."
* obeys passerelle-rep-content and passerelle-rep-issued
* identifier 1..*
* identifier.system 1..1
* identifier.value 1..1
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains laboratory 1..1
* category[laboratory] = $v2-0074#LAB
* code obeys passerelle-said
* subject 1..1
* subject only Reference(Patient)
* subject obeys passerelle-identified
* effective[x] 1..1

Invariant: passerelle-rep-content
Description: "A report must have results, a presented form or a conclusion, unless it is only registered, cancelled or entered in error"
* severity = #error
* expression = "result.exists() or presentedForm.exists() or conclusion.exists() or status = 'registered' or status = 'cancelled' or status = 'entered-in-error'"
* insert Fr([["Un compte rendu doit avoir des résultats, une forme présentée ou une conclusion, sauf s'il est seulement enregistré, annulé ou saisi par erreur"]])

Invariant: passerelle-rep-issued
Description: "A final report should say when it was issued"
* severity = #warning
* expression = "status = 'final' implies issued.exists()"
* insert Fr([["Un compte rendu définitif devrait dire quand il a été émis"]])
