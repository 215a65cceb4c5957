// What the French segments of PAM say and neither FHIR nor FR Core has a place for (src/normalize/segments).

Extension: PamMovement
Id: pam-movement
Title: "Movement of a stay"
Description: "What was done to which movement of the stay, when, and which units answer for the patient from then on. Source: IHE PAM France 2.11, segment ZBE."
Context: Encounter
* extension contains start 0..1 and action 0..1 and historical 0..1 and originalEvent 0..1 and medicalUnit 0..1 and careUnit 0..1 and nature 0..1
* extension[start].value[x] only dateTime
* extension[start].value[x] 1..1
* extension[action].value[x] only code
* extension[action].value[x] 1..1
* extension[historical].value[x] only boolean
* extension[historical].value[x] 1..1
* extension[originalEvent].value[x] only code
* extension[originalEvent].value[x] 1..1
* extension[medicalUnit].value[x] only Reference(Organization)
* extension[medicalUnit].value[x] 1..1
* extension[careUnit].value[x] only Reference(Organization)
* extension[careUnit].value[x] 1..1
* extension[nature].value[x] only code
* extension[nature].value[x] 1..1

Extension: PamStay
Id: pam-stay
Title: "French facts of a stay"
Description: "One French segment of the stay, a sub-extension a field, named by its place. Source: IHE PAM France 2.11, segments ZFP, ZFV, ZFM, ZFS."
Context: Encounter
* extension contains ZFP-1 0..* and ZFP-2 0..* and ZFV-1 0..* and ZFV-2 0..* and ZFV-4 0..* and ZFV-5 0..* and ZFV-6 0..* and ZFV-7 0..* and ZFV-8 0..* and ZFV-9 0..* and ZFV-11 0..* and ZFM-1 0..* and ZFM-2 0..* and ZFM-3 0..* and ZFM-4 0..* and ZFM-5 0..* and ZFS-2 0..* and ZFS-3 0..* and ZFS-4 0..* and ZFS-5 0..* and ZFS-6 0..* and ZFS-7 0..* and ZFS-8 0..*
* extension[ZFP-1].value[x] only Coding
* extension[ZFP-1].value[x] 1..1
* extension[ZFP-2].value[x] only Coding
* extension[ZFP-2].value[x] 1..1
* extension[ZFV-1].value[x] only string
* extension[ZFV-1].value[x] 1..1
* extension[ZFV-2].value[x] only CodeableConcept
* extension[ZFV-2].value[x] 1..1
* extension[ZFV-4].value[x] only dateTime
* extension[ZFV-4].value[x] 1..1
* extension[ZFV-5].value[x] only dateTime
* extension[ZFV-5].value[x] 1..1
* extension[ZFV-6].value[x] only Address
* extension[ZFV-6].value[x] 1..1
* extension[ZFV-7].value[x] only Identifier
* extension[ZFV-7].value[x] 1..1
* extension[ZFV-8].value[x] only Identifier
* extension[ZFV-8].value[x] 1..1
* extension[ZFV-9].value[x] only Coding
* extension[ZFV-9].value[x] 1..1
* extension[ZFV-11].value[x] only CodeableConcept
* extension[ZFV-11].value[x] 1..1
* extension[ZFM-1].value[x] only Coding
* extension[ZFM-1].value[x] 1..1
* extension[ZFM-2].value[x] only Coding
* extension[ZFM-2].value[x] 1..1
* extension[ZFM-3].value[x] only Coding
* extension[ZFM-3].value[x] 1..1
* extension[ZFM-4].value[x] only Coding
* extension[ZFM-4].value[x] 1..1
* extension[ZFM-5].value[x] only Coding
* extension[ZFM-5].value[x] 1..1
* extension[ZFS-2].value[x] only string
* extension[ZFS-2].value[x] 1..1
* extension[ZFS-3].value[x] only dateTime
* extension[ZFS-3].value[x] 1..1
* extension[ZFS-4].value[x] only dateTime
* extension[ZFS-4].value[x] 1..1
* extension[ZFS-5].value[x] only Coding
* extension[ZFS-5].value[x] 1..1
* extension[ZFS-6].value[x] only CodeableConcept
* extension[ZFS-6].value[x] 1..1
* extension[ZFS-7].value[x] only CodeableConcept
* extension[ZFS-7].value[x] 1..1
* extension[ZFS-8].value[x] only string
* extension[ZFS-8].value[x] 1..1

Extension: DmpStatus
Id: dmp-status
Title: "State of the shared record"
Description: "The state of the patient's DMP as the sender knows it, when it was looked up, when the DMP was closed. Source: IHE PAM France 2.11, ZFA-1 to ZFA-3."
Context: Patient
* extension contains status 0..1 and seen 0..1 and closed 0..1
* extension[status].value[x] only code
* extension[status].value[x] 1..1
* extension[seen].value[x] only dateTime
* extension[seen].value[x] 1..1
* extension[closed].value[x] only dateTime
* extension[closed].value[x] 1..1

Extension: IdentityUnknown
Id: identity-unknown
Title: "Identity unknown"
Description: "Whether the identity of the person is unknown. Source: HL7 v2.5 and IHE PAM France 2.11, PID-31."
Context: Patient
* value[x] only boolean
* value[x] 1..1
