// The FR Core extensions our profiles and our normalization name, cut to what they need (FR Core is CC0-1.0), so that they work
// where FR Core is not installed. Their version is ours, below any of FR Core's: where its package is there, its own
// definitions win.

Extension: FrCoreIdentityReliability
Id: fr-core-identity-reliability
Title: "FR Core Identity Reliability"
Description: "How far an identity can be relied on. Source: HL7 France FR Core 2.2.0, fr-core-identity-reliability."
Context: Patient, Person, RelatedPerson, Practitioner
* ^url = $identityReliability
* extension contains identityStatus 0..1 and validationDate 0..1 and validationMode 0..1 and dateCollection 0..1 and methodCollection 0..1
* extension[identityStatus].value[x] only Coding
* extension[validationDate].value[x] only date
* extension[validationMode].value[x] only Coding
* extension[dateCollection].value[x] only date
* extension[methodCollection].value[x] only Coding

Extension: FrCoreAddressInseeCode
Id: fr-core-address-insee-code
Title: "FR Core Address INSEE Code"
Description: "The INSEE code of the commune or country of an address. Source: HL7 France FR Core 2.2.0, fr-core-address-insee-code."
Context: Address
* ^url = $inseeCode
* value[x] only Coding
* value[x] 1..1

Extension: FrCorePatientBirthListGivenName
Id: fr-core-patient-birth-list-given-name
Title: "FR Core Patient Birth List Given Name"
Description: "All the given names of the birth certificate, as one text. Source: HL7 France FR Core 2.2.0, fr-core-patient-birth-list-given-name."
Context: HumanName
* ^url = $birthListGivenName
* value[x] only string
* value[x] 1..1

Extension: FrCoreEstimatedDischargeDate
Id: fr-core-estimated-discharge-date
Title: "FR Core Estimated Discharge Date"
Description: "The day the end of the stay is expected. Source: HL7 France FR Core 2.2.0, fr-core-estimated-discharge-date."
Context: Encounter
* ^url = $estimatedDischarge
* value[x] only date
* value[x] 1..1

Extension: FrCorePatientContactIdentifier
Id: fr-core-patient-contact-identifier
Title: "FR Core Patient Contact Identifier"
Description: "The number of a contact of the patient. Source: HL7 France FR Core 2.2.0, fr-core-patient-contact-identifier."
Context: Patient.contact
* ^url = $contactIdentifier
* value[x] only Identifier
* value[x] 1..1

Extension: FrCorePatientBirthdateUpdateIndicator
Id: fr-core-patient-birthdate-update-indicator
Title: "FR Core Patient Birthdate Update Indicator"
Description: "Whether the birth date was corrected. Source: HL7 France FR Core 2.2.0, fr-core-patient-birthdate-update-indicator."
Context: Patient
* ^url = $birthDateUpdate
* value[x] only boolean
* value[x] 1..1

Extension: FrCoreLunarDate
Id: fr-core-lunar-date
Title: "FR Core Lunar Date"
Description: "A birth date as it is written where it is no date of the calendar. Source: HL7 France FR Core 2.2.0, fr-core-lunar-date."
Context: Patient
* ^url = $lunarDate
* value[x] only string
* value[x] 1..1

Extension: FrCorePatientNationality
Id: fr-core-patient-nationality
Title: "FR Core Patient Nationality"
Description: "A nationality of the patient. Source: HL7 France FR Core 2.2.0, fr-core-patient-nationality."
Context: Patient
* ^url = $nationality
* extension contains code 0..1 and period 0..1
* extension[code].value[x] only CodeableConcept
* extension[code].value[x] 1..1
* extension[period].value[x] only Period
* extension[period].value[x] 1..1
