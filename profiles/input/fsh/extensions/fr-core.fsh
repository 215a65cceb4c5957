// The three FR Core extensions our profiles name, cut to what the profiles need (FR Core is CC0-1.0), so that they work
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
