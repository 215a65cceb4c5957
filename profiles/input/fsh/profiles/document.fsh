Profile: PasserelleDocumentReference
Parent: DocumentReference
Id: passerelle-document-reference
Title: "Document"
Description: "One document (a CDA, a PDF) as XDS describes it: a DocumentEntry has one content, so a CDA N1 and its N3 are two. Sources: CI-SIS Partage de documents de santé; ANS PDSm 3.1.1."
* obeys passerelle-doc-confidentiality and passerelle-doc-visibility
* masterIdentifier 1..1
* masterIdentifier.system 1..1
* masterIdentifier.value 1..1
* type 1..1
* type.coding 1..*
* type.coding.system 1..1
* type.coding.code 1..1
* subject 1..1
* subject only Reference(Patient)
* subject obeys passerelle-identified
* date 1..1
* securityLabel from PasserelleConfidentiality (required)
* content 1..1
* content.attachment obeys passerelle-doc-bytes
* content.attachment.contentType 1..1
* relatesTo.target obeys passerelle-identified

Profile: PasserelleBinary
Parent: Binary
Id: passerelle-binary
Title: "Bytes of a document"
Description: "The bytes a DocumentReference leads to, as they are sent. In the message the gateway keeps they stand apart (passerelle-msg-bytes)."
* data 1..1

Invariant: passerelle-doc-bytes
Description: "A document must lead to its bytes: inline or by a URL"
* severity = #error
* expression = "data.exists() or url.exists()"
* insert Fr([["Un document doit mener à ses octets : dans la ressource ou par une URL"]])

Invariant: passerelle-doc-confidentiality
Description: "A document has one level of confidentiality among N, R and V"
* severity = #error
* expression = "securityLabel.coding.where(system = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality').code.distinct().count() <= 1"
* insert Fr([["Un document a un seul niveau de confidentialité parmi N, R et V"]])

Invariant: passerelle-doc-visibility
Description: "A document that is not visible to the patient or is masked must say so beside a level of confidentiality (N, R or V)"
* severity = #error
* expression = "securityLabel.coding.where(code = 'MASQUE_PS' or code = 'INVISIBLE_PATIENT' or code = 'INVISIBLE_REPRESENTANTS_LEGAUX').exists() implies securityLabel.coding.where(system = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality').exists()"
* insert Fr([["Un document masqué ou non visible par le patient doit le dire à côté d'un niveau de confidentialité (N, R ou V)"]])
