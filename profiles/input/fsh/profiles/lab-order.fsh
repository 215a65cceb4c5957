Profile: PasserelleLabOrder
Parent: ServiceRequest
Id: passerelle-lab-order
Title: "Laboratory order"
Description: "An examination asked of a laboratory: which, for whom, under which number."
* identifier 1..*
* identifier.system 1..1
* identifier.value 1..1
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains laboratory 1..1
* category[laboratory] = $v2-0074#LAB
* code 1..1
* code obeys passerelle-said
* subject only Reference(Patient)
* subject obeys passerelle-identified
