Profile: PasserellePatient
Parent: Patient
Id: passerelle-patient
Title: "Patient with a French identity"
Description: "A person as French systems identify one: local numbers (IPP), the INS with its authority, the traits an INS needs. No slice goes by type as FR Core's do, so that one instance meets both. Sources: ANS, Référentiel INS; FR Core 2.1.0 and 2.2.0."
* obeys passerelle-pat-ins-oid and passerelle-pat-vali-ins and passerelle-pat-vali-traits and passerelle-pat-vali-birthplace and passerelle-pat-one-ins and passerelle-pat-ins-not-qualified
* extension contains $identityReliability named identityReliability 0..*
* identifier 1..*
* identifier.system 1..1
* identifier.value 1..1
* identifier.type from PasserellePatientIdentifierType (extensible)
* identifier obeys passerelle-ins-format
* extension[identityReliability].extension[identityStatus].valueCoding from PasserelleIdentityStatus (required)
* name 1..*
* name.use 1..1
* name ^slicing.discriminator.type = #value
* name ^slicing.discriminator.path = "use"
* name ^slicing.rules = #open
* name contains birthName 0..1 and usedName 0..*
* name[birthName] ^short = "Nom de naissance"
* name[birthName].use = #official (exactly)
* name[birthName].family 1..1
* name[birthName].given 1..*
* name[usedName] ^short = "Nom utilisé"
* name[usedName].use = #usual (exactly)

Invariant: passerelle-ins-format
Description: "A matricule INS with its key has 15 characters: 13 for the number (Corsica: 2A or 2B as department) and 2 digits for the key"
* severity = #error
* expression = "where(system.matches('^urn:oid:1[.]2[.]250[.]1[.]213[.]1[.]4[.](8|9|10|11)$') and type.coding.where(code = 'NH').empty()).all(value.matches('^[1-8][0-9]{4}([0-9]{2}|2A|2B)[0-9]{6}[0-9]{2}$'))"
* insert Fr([["Un matricule INS avec sa clé a 15 caractères : 13 pour le numéro (Corse : 2A ou 2B comme département) et 2 chiffres de clé"]])

Invariant: passerelle-pat-ins-oid
Description: "An identifier of an INS type must have one of the INS authorities as system: urn:oid:1.2.250.1.213.1.4.8 (NIR), .9 (NIA), .10 (test), .11 (demonstration)"
* severity = #error
* expression = "identifier.where(type.coding.where(code = 'INS' or code = 'INS-NIR' or code = 'INS-NIA' or code = 'INS-NIR-TEST' or code = 'INS-NIR-DEMO').exists()).all(system = 'urn:oid:1.2.250.1.213.1.4.8' or system = 'urn:oid:1.2.250.1.213.1.4.9' or system = 'urn:oid:1.2.250.1.213.1.4.10' or system = 'urn:oid:1.2.250.1.213.1.4.11')"
* insert Fr([["Un identifiant de type INS doit avoir pour système une des autorités INS : urn:oid:1.2.250.1.213.1.4.8 (NIR), .9 (NIA), .10 (test), .11 (démonstration)"]])

Invariant: passerelle-pat-vali-ins
Description: "A validated identity (VALI) must carry its INS"
* severity = #error
* expression = "extension('https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability').extension('identityStatus').value.where(code = 'VALI').exists() implies identifier.where((system = 'urn:oid:1.2.250.1.213.1.4.8' or system = 'urn:oid:1.2.250.1.213.1.4.9' or system = 'urn:oid:1.2.250.1.213.1.4.10' or system = 'urn:oid:1.2.250.1.213.1.4.11') and type.coding.where(code = 'NH').empty()).exists()"
* insert Fr([["Une identité validée (VALI) doit porter son INS"]])

Invariant: passerelle-pat-vali-traits
Description: "A validated identity (VALI) must have its strict traits: birth name and given name (use official), birth date, sex (male, female or unknown)"
* severity = #error
* expression = "extension('https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability').extension('identityStatus').value.where(code = 'VALI').exists() implies (name.where(use = 'official' and family.exists() and given.exists()).exists() and birthDate.exists() and gender.exists() and gender != 'other')"
* insert Fr([["Une identité validée (VALI) doit avoir ses traits stricts : nom et prénom de naissance (use official), date de naissance, sexe (male, female ou unknown)"]])

Invariant: passerelle-pat-vali-birthplace
Description: "A validated identity (VALI) must have its birth place, with its INSEE code"
* severity = #error
* expression = "extension('https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability').extension('identityStatus').value.where(code = 'VALI').exists() implies extension('http://hl7.org/fhir/StructureDefinition/patient-birthPlace').value.extension('https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code').exists()"
* insert Fr([["Une identité validée (VALI) doit avoir son lieu de naissance, avec son code INSEE"]])

Invariant: passerelle-pat-one-ins
Description: "A person has one current INS: the others carry the use old (a social security number, NH, under the same authority is none)"
* severity = #error
* expression = "identifier.where((system = 'urn:oid:1.2.250.1.213.1.4.8' or system = 'urn:oid:1.2.250.1.213.1.4.9' or system = 'urn:oid:1.2.250.1.213.1.4.10' or system = 'urn:oid:1.2.250.1.213.1.4.11') and (use.empty() or use != 'old') and type.coding.where(code = 'NH').empty()).count() <= 1"
* insert Fr([["Une personne a un seul INS en cours : les autres portent l'usage old (un numéro de sécurité sociale, NH, sous la même autorité n'en est pas un)"]])

Invariant: passerelle-pat-ins-not-qualified
Description: "An INS stands beside an identity that is not validated (VALI): it will not leave with this person"
* severity = #warning
* expression = "identifier.where((system = 'urn:oid:1.2.250.1.213.1.4.8' or system = 'urn:oid:1.2.250.1.213.1.4.9' or system = 'urn:oid:1.2.250.1.213.1.4.10' or system = 'urn:oid:1.2.250.1.213.1.4.11') and type.coding.where(code = 'NH').empty()).exists() implies extension('https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability').extension('identityStatus').value.where(code = 'VALI').exists()"
* insert Fr([["Un INS accompagne une identité qui n'est pas validée (VALI) : il ne sera pas transmis avec cette personne"]])
