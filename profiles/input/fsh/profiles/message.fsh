Profile: PasserelleMessageHeader
Parent: MessageHeader
Id: passerelle-message-header
Title: "Message header"
Description: "What a message is about (its event: that of HL7 v2 where the message is one), who sent it, and the resources it turns on."
* event[x] only Coding
* eventCoding from PasserelleMessageEventVS (required)
* source.name 1..1
* focus 1..*

Profile: PasserelleMessage
Parent: Bundle
Id: passerelle-message
Title: "Message"
Description: "One received message after normalization: its header says the event, each event says which resources must be there, each resource meets its own profile. A structured result that came out as a mere document is refused: an ORU^R01 brings a document alone only with the order of a CI-SIS volet (Parameters, `volet`). The bytes of a document may be kept apart, where its DocumentReference has their size and hash."
* obeys passerelle-msg-patient and passerelle-msg-lab-result and passerelle-msg-lab-category and passerelle-msg-document and passerelle-msg-encounter and passerelle-msg-lab-order and passerelle-msg-medication and passerelle-msg-orientation and passerelle-msg-communication and passerelle-msg-consent and passerelle-msg-focus and passerelle-msg-bytes
* identifier 1..1
* identifier.system 1..1
* identifier.value 1..1
* type = #message (exactly)
* timestamp 1..1
* entry 1..*
* entry.fullUrl 1..1
* entry.resource 1..1
* entry ^slicing.discriminator.type = #type
* entry ^slicing.discriminator.path = "resource"
* entry ^slicing.rules = #open
* entry contains header 1..1 and patient 0..* and encounter 0..* and observation 0..* and report 0..* and specimen 0..* and request 0..* and document 0..* and consent 0..* and provenance 0..* and prescription 0..* and dispense 0..* and administration 0..* and communication 0..* and task 0..*
* entry[header].resource only PasserelleMessageHeader
* entry[patient].resource only PasserellePatient
* entry[encounter].resource only PasserelleEncounter
* entry[observation].resource only PasserelleObservation
* entry[report].resource only PasserelleLabReport
* entry[specimen].resource only PasserelleSpecimen
* entry[request].resource only PasserelleLabOrder or PasserelleOrientationRequest
* entry[document].resource only PasserelleDocumentReference
* entry[consent].resource only PasserelleDmpConsent
* entry[provenance].resource only PasserelleProvenance
* entry[prescription].resource only PasserelleMedicationRequest
* entry[dispense].resource only PasserelleMedicationDispense
* entry[administration].resource only PasserelleMedicationAdministration
* entry[communication].resource only PasserelleCommunication
* entry[task].resource only PasserelleOrientationTask

Invariant: passerelle-msg-patient
Description: "A message must contain the patient it is about"
* severity = #error
* expression = "entry.resource.ofType(Patient).exists()"
* insert Fr([["Un message doit contenir le patient qu'il concerne"]])

Invariant: passerelle-msg-lab-result
Description: "A laboratory result needs a DiagnosticReport, and Observations unless each report is registered, cancelled or only a presented form: a document alone is not enough, unless it came with the order of a volet"
* severity = #error
* expression = "(entry[0].resource.event.where(code.matches('^(lab-result|R01|R22)$')).exists() and (entry.resource.ofType(Parameters).parameter.where(name = 'volet').exists()).not()) implies (entry.resource.ofType(DiagnosticReport).exists() and (entry.resource.ofType(Observation).exists() or entry.resource.ofType(DiagnosticReport).all(presentedForm.exists() or status = 'registered' or status = 'cancelled' or status = 'entered-in-error')))"
* insert Fr([["Un résultat de biologie demande un DiagnosticReport, et des Observation sauf si chaque compte rendu est enregistré, annulé ou n'a qu'une forme présentée : un document seul ne suffit pas, sauf s'il est venu avec l'ordre d'un volet"]])

Invariant: passerelle-msg-lab-category
Description: "In a structured laboratory result at least one Observation must be of category laboratory"
* severity = #error
* expression = "(entry[0].resource.event.where(code.matches('^(lab-result|R01|R22)$')).exists() and entry.resource.ofType(Observation).exists()) implies entry.resource.ofType(Observation).category.coding.where(system = 'http://terminology.hl7.org/CodeSystem/observation-category' and code = 'laboratory').exists()"
* insert Fr([["Dans un résultat de biologie structuré, au moins une Observation doit être de catégorie laboratory"]])

Invariant: passerelle-msg-document
Description: "A document message, or the order of a volet, needs a DocumentReference"
* severity = #error
* expression = "(entry[0].resource.event.where(code.matches('^(document|T02|T04|T10)$')).exists() or entry.resource.ofType(Parameters).parameter.where(name = 'volet').exists()) implies entry.resource.ofType(DocumentReference).exists()"
* insert Fr([["Un message de document, ou l'ordre d'un volet, demande un DocumentReference"]])

Invariant: passerelle-msg-encounter
Description: "A movement needs an Encounter"
* severity = #error
* expression = "entry[0].resource.event.where(code.matches('^(encounter|A0[1-8]|A1[1-6]|A2[12567]|A38|A5[2-5]|Z99)$')).exists() implies entry.resource.ofType(Encounter).exists()"
* insert Fr([["Un mouvement demande un Encounter"]])

Invariant: passerelle-msg-lab-order
Description: "A laboratory order needs a ServiceRequest of category LAB"
* severity = #error
* expression = "entry[0].resource.event.where(code.matches('^(lab-order|O01|O21)$')).exists() implies entry.resource.ofType(ServiceRequest).category.coding.where(code = 'LAB').exists()"
* insert Fr([["Une demande d'examen demande un ServiceRequest de catégorie LAB"]])

Invariant: passerelle-msg-medication
Description: "A prescription, a dispensation or an administration needs its own resource: MedicationRequest, MedicationDispense, MedicationAdministration"
* severity = #error
* expression = "(entry[0].resource.event.where(code.matches('^(prescription|O09|O11)$')).exists() implies entry.resource.ofType(MedicationRequest).exists()) and (entry[0].resource.event.where(code.matches('^(dispense|O13)$')).exists() implies entry.resource.ofType(MedicationDispense).exists()) and (entry[0].resource.event.where(code.matches('^(administration|O17)$')).exists() implies entry.resource.ofType(MedicationAdministration).exists())"
* insert Fr([["Une prescription, une dispensation ou une administration demande sa propre ressource : MedicationRequest, MedicationDispense, MedicationAdministration"]])

Invariant: passerelle-msg-orientation
Description: "An orientation needs its request (ServiceRequest) or a step of it (Task)"
* severity = #error
* expression = "entry[0].resource.event.where(code = 'orientation').exists() implies (entry.resource.ofType(Task).exists() or entry.resource.ofType(ServiceRequest).category.coding.where(code = 'orientation').exists())"
* insert Fr([["Une orientation demande sa demande (ServiceRequest) ou une étape de celle-ci (Task)"]])

Invariant: passerelle-msg-communication
Description: "A message between people needs a Communication"
* severity = #error
* expression = "entry[0].resource.event.where(code = 'communication').exists() implies entry.resource.ofType(Communication).exists()"
* insert Fr([["Un message entre personnes demande une Communication"]])

Invariant: passerelle-msg-consent
Description: "A consent message needs a Consent"
* severity = #error
* expression = "entry[0].resource.event.where(code = 'consent').exists() implies entry.resource.ofType(Consent).exists()"
* insert Fr([["Un message de consentement demande un Consent"]])

Invariant: passerelle-msg-focus
Description: "What the header turns on must be an entry of the message"
* severity = #error
* expression = "entry[0].resource.focus.reference.all($this in %resource.entry.fullUrl)"
* insert Fr([["Ce sur quoi porte l'en-tête doit être une entrée du message"]])

Invariant: passerelle-msg-bytes
Description: "A Binary without its bytes needs a DocumentReference that leads to it and has their size and hash"
* severity = #error
* expression = "entry.where(resource.ofType(Binary).exists() and resource.data.empty()).all(fullUrl in %resource.entry.resource.ofType(DocumentReference).content.attachment.where(size.exists() and hash.exists()).url)"
* insert Fr([["Un Binary sans ses octets demande un DocumentReference qui y mène et qui en a la taille et l'empreinte"]])
