Profile: PasserelleOrientationRequest
Parent: ServiceRequest
Id: passerelle-orientation-request
Title: "Orientation request"
Description: "A place asked for a patient (home hospitalisation, rehabilitation, medico-social): what, for whom, by whom, since when. ViaTrajectoire Sanitaire has no public API: this follows the words of the SDO guide."
* identifier 1..*
* identifier.system 1..1
* identifier.value 1..1
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains orientation 1..1
* category[orientation] = PasserelleRequestCategory#orientation
* code 1..1
* code obeys passerelle-said
* subject only Reference(Patient)
* subject obeys passerelle-identified
* authoredOn 1..1
* requester 1..1
* requester obeys passerelle-identified

Profile: PasserelleOrientationTask
Parent: Task
Id: passerelle-orientation-task
Title: "Step of an orientation"
Description: "One step of an orientation: one event, one Task. Source: ANS SDO 4.0.5, sdo-task and esms-task."
* obeys passerelle-task-reason
* identifier 1..*
* identifier.system 1..1
* identifier.value 1..1
* focus 1..1
* focus obeys passerelle-identified
* for 1..1
* for only Reference(Patient)
* for obeys passerelle-identified
* authoredOn 1..1
* businessStatus 1..1
* businessStatus from PasserelleOrientationStatus (required)

Invariant: passerelle-task-reason
Description: "An admission that is impossible (45, 46) must say why"
* severity = #error
* expression = "businessStatus.coding.where(code = '45' or code = '46').exists() implies statusReason.exists()"
* insert Fr([["Une admission impossible (45, 46) doit dire pourquoi"]])
