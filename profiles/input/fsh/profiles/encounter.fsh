Profile: PasserelleEncounter
Parent: Encounter
Id: passerelle-encounter
Title: "Encounter"
Description: "A stay, a visit or a consultation: of whom, of which class, when."
* obeys passerelle-enc-start and passerelle-enc-end
* identifier.type from PasserelleVisitIdentifierType (extensible)
* identifier.system 1..1
* identifier.value 1..1
* class.system 1..1
* class.code 1..1
* subject 1..1
* subject only Reference(Patient)
* subject obeys passerelle-identified

Invariant: passerelle-enc-start
Description: "An encounter that has begun must say when"
* severity = #warning
* expression = "(status = 'in-progress' or status = 'onleave' or status = 'finished') implies period.start.exists()"
* insert Fr([["Une venue commencée doit dire quand"]])

Invariant: passerelle-enc-end
Description: "An encounter that is over must say when it ended"
* severity = #warning
* expression = "status = 'finished' implies period.end.exists()"
* insert Fr([["Une venue terminée doit dire quand elle a pris fin"]])
