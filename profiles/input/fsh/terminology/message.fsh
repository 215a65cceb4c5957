CodeSystem: PasserelleMessageEvent
Id: passerelle-message-event
Title: "What a message is about"
Description: "The events of MessageHeader. A v2 event says how a message came, these say what it brings: an ORU^R01 may bring a structured result or a document."
* insert Ours
* ^caseSensitive = true
* #lab-result "Structured laboratory result" "ORU^R01, OUL^R22, HPRIM results"
* #document "Document" "ORU^R01 or MDM with a CDA, a CDA alone, PDF"
* #identity "Patient identity" "ADT A28, A31, A40, A47"
* #encounter "Movement of a patient" "ADT A01 to A08, A11 to A13, A21, A22"
* #lab-order "Laboratory order" "OML^O21, ORM^O01"
* #prescription "Prescription" "PN13 prescription, RDE, OMP"
* #dispense "Dispensation" "PN13 dispensation, RDS"
* #administration "Administration" "PN13 administration, RAS"
* #orientation "Orientation" "ViaTrajectoire request or step"
* #communication "Message between people" "Mail, instant message"
* #consent "Consent" "Opposition or consent received alone"

ValueSet: PasserelleMessageEventVS
Id: passerelle-message-event
Title: "What a message is about"
* insert Ours
* include codes from system PasserelleMessageEvent

CodeSystem: PasserelleDocumentAction
Id: passerelle-document-action
Title: "What is asked for a document"
Description: "The action of a delivery, after the triple ORC-1 / OBX-11 / MDM event of the CI-SIS volet (NW/F/T02, RO/C/T10, CA/D/T04)."
* insert Provenance([[ANS CI-SIS volet Transmission d'un document CDA-R2 en HL7v2]], 2.1.2, 2026-11-22)
* ^experimental = false
* ^caseSensitive = true
* #submit "Submit" "NW, F, T02"
* #replace "Replace" "RO, C, T10"
* #delete "Delete" "CA, D, T04"
* #notify "Notify"

CodeSystem: PasserelleMetaDmpMss
Id: passerelle-meta-dmp-mss
Title: "MetaDMPMSS"
Description: "The flags of the OBX segments of the CI-SIS volet, which say where a document goes."
* insert Provenance([[ANS CI-SIS volet Transmission d'un document CDA-R2 en HL7v2]], 2.1.2, 2026-11-22)
* ^experimental = false
* ^caseSensitive = true
* #MASQUE_PS "Masqué aux professionnels de Santé"
* #INVISIBLE_PATIENT "Document Non Visible par le patient"
* #INVISIBLE_REP_LEGAUX "Non visible par les représentants Légaux du patient"
* #CONNEXION_SECRETE "Connexion Secrete"
* #MODIF_CONF_CODE "Modification Confidentiality Code"
* #DESTDMP "Destinataire DMP"
* #DESTMSSANTEPS "Destinataire (Professionnel de Santé, organisation ou BAL applicative)"
* #DESTMSSANTEPAT "Destinataire Patient"
* #ACK_RECEPTION "Accusé de réception"
* #ACK_LECTURE_MSS "Accusé de lecture"
* #CORPSMAIL_PS "Corps du mail pour un PS"
* #CORPSMAIL_PATIENT "Corps du mail pour le patient"
