CodeSystem: PasserelleMessageEvent
Id: passerelle-message-event
Title: "What a message is about"
Description: "The events of MessageHeader for what does not come as HL7 v2: a CDA alone, HPRIM, PN13, ViaTrajectoire, mail. A message of HL7 v2 keeps its own event (table 0003)."
* insert Ours
* ^caseSensitive = true
* #lab-result "Structured laboratory result" "HPRIM results"
* #document "Document" "A CDA alone, a file"
* #identity "Patient identity" "Identity outside HL7 v2"
* #encounter "Movement of a patient" "Movement outside HL7 v2"
* #lab-order "Laboratory order" "HPRIM orders"
* #prescription "Prescription" "PN13 prescription"
* #dispense "Dispensation" "PN13 dispensation"
* #administration "Administration" "PN13 administration"
* #orientation "Orientation" "ViaTrajectoire request or step"
* #communication "Message between people" "Mail, instant message"
* #consent "Consent" "Opposition or consent received alone"

CodeSystem: PamEvent
Id: pam-event
Title: "Événements propres à PAM France"
Description: "Events that IHE PAM France adds to HL7 table 0003."
* insert Provenance([[IHE PAM France, transaction ITI-31]], 2.11, 2026-11-22)
* ^experimental = false
* ^caseSensitive = true
* #Z99 "Mise à jour d'un mouvement" "ADT^Z99: correction or cancellation of a movement, which ZBE-6 names"

ValueSet: PasserelleMessageEventVS
Id: passerelle-message-event
Title: "What a message is about"
Description: "The HL7 v2 events the gateway knows, those of PAM France, and ours for what is not HL7 v2."
* insert Provenance([[HL7 table 0003, 3.0.0; IHE PAM France]], 2.11, 2026-11-22)
// laboratory results
* $v2-0003#R01
* $v2-0003#R22
// documents
* $v2-0003#T02
* $v2-0003#T04
* $v2-0003#T10
// identities
* $v2-0003#A28
* $v2-0003#A31
* $v2-0003#A40
* $v2-0003#A47
// movements
* $v2-0003#A01
* $v2-0003#A02
* $v2-0003#A03
* $v2-0003#A04
* $v2-0003#A05
* $v2-0003#A06
* $v2-0003#A07
* $v2-0003#A08
* $v2-0003#A11
* $v2-0003#A12
* $v2-0003#A13
* $v2-0003#A14
* $v2-0003#A15
* $v2-0003#A16
* $v2-0003#A21
* $v2-0003#A22
* $v2-0003#A25
* $v2-0003#A26
* $v2-0003#A27
* $v2-0003#A38
* $v2-0003#A52
* $v2-0003#A53
* $v2-0003#A54
* $v2-0003#A55
// laboratory orders
* $v2-0003#O01
* $v2-0003#O21
// prescriptions
* $v2-0003#O09
* $v2-0003#O11
// dispensations
* $v2-0003#O13
// administrations
* $v2-0003#O17
* include codes from system PamEvent
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
