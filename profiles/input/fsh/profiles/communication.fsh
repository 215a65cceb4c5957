Profile: PasserelleCommunication
Parent: Communication
Id: passerelle-communication
Title: "Message between people"
Description: "A message of a professional to another or to the patient (mail, instant message), about one patient. No French profile exists."
* obeys passerelle-com-sent
* identifier 1..*
* identifier.system 1..1
* identifier.value 1..1
* subject 1..1
* subject only Reference(Patient)
* subject obeys passerelle-identified
* sender 1..1
* sender obeys passerelle-identified
* recipient 1..*
* recipient obeys passerelle-identified
* payload 1..*

Invariant: passerelle-com-sent
Description: "A completed communication must say when it was sent"
* severity = #error
* expression = "status = 'completed' implies sent.exists()"
* insert Fr([["Une communication achevée doit dire quand elle a été envoyée"]])
