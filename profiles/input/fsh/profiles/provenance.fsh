Profile: PasserelleProvenance
Parent: Provenance
Id: passerelle-provenance
Title: "Where a resource comes from"
Description: "The received message a resource was made from, and the system that sent it."
* agent.who obeys passerelle-identified
* entity 1..*
* entity ^slicing.discriminator.type = #value
* entity ^slicing.discriminator.path = "role"
* entity ^slicing.rules = #open
* entity contains message 1..1
* entity[message].role = #source (exactly)
* entity[message].what.identifier 1..1
* entity[message].what.identifier.system 1..1
* entity[message].what.identifier.value 1..1
