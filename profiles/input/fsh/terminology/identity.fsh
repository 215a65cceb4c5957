ValueSet: PasserelleIdentityStatus
Id: passerelle-identity-status
Title: "Statut de l'identité"
Description: "HL7 table 0445 with the French values, as FR Core publishes it."
* insert Provenance([[HL7 France FR Core CodeSystem fr-core-cs-v2-0445]], 2.2.0, 2026-11-22)
* $v2-0445-fr#VIDE "Identité non encore qualifiée"
* $v2-0445-fr#PROV "Identité provisoire"
* $v2-0445-fr#VALI "Identité validée"
* $v2-0445-fr#DOUB "Doublon"
* $v2-0445-fr#DESA "Identité désactivée"
* $v2-0445-fr#DPOT "Doublon potentiel"
* $v2-0445-fr#DOUA "Doublon avéré"
* $v2-0445-fr#COLP "Collision potentielle"
* $v2-0445-fr#COLV "Collision avérée"
* $v2-0445-fr#FILI "Filiation"
* $v2-0445-fr#CACH "Identité cachée"
* $v2-0445-fr#ANOM "Anonyme"
* $v2-0445-fr#IDVER "Identité vérifiée par le patient"
* $v2-0445-fr#RECD "Identité reçue d'un autre domaine"
* $v2-0445-fr#IDRA "Identité rapprochée dans un autre domaine"
* $v2-0445-fr#USUR "Identité usurpée"
* $v2-0445-fr#HOMD "Homonyme détecté"
* $v2-0445-fr#HOMA "Homonyme avéré"
* $v2-0445-fr#INVA "Identité invalidée"
* $v2-0445-fr#FICT "Identité fictive (Attribut d’identité « fictive »)"
* $v2-0445-fr#DOUT "Identité douteuse (Attribut d’identité « douteuse »)"

CodeSystem: PasserelleInsAuthority
Id: passerelle-ins-authority
Title: "Autorités d'affectation de l'INS"
Description: "The OIDs under which a matricule INS may be given, each code being the end of the OID 1.2.250.1.213.1.4; the system of the identifier is urn:oid:1.2.250.1.213.1.4.<code>."
* insert Provenance([[ANS Référentiel Identifiant National de Santé; FR Core fr-core-patient-ins]], 2.2.0, 2026-11-22)
* ^experimental = false
* ^caseSensitive = true
* #8 "NIR" "Numéro d'inscription au répertoire"
* #9 "NIA" "Numéro identifiant d'attente"
* #10 "NIR de test" "Never towards a production target"
* #11 "NIR de démonstration" "Never towards a production target"

ValueSet: PasserellePatientIdentifierType
Id: passerelle-patient-identifier-type
Title: "Types d'identifiant d'un patient"
Description: "Those of FR Core (HL7 table 0203 with the French values), those of the test and demonstration INS, which FR Core's slices use and its value set forgets, and the number of the administrative file (AN), which a message without a stay gives to the patient."
* insert Provenance([[HL7 France FR Core fr-core-vs-patient-identifier-type and fr-core-cs-v2-0203]], 2.2.0, 2026-11-22)
* $v2-0203#PPN "Passport number"
* $v2-0203#PN "Person number"
* $v2-0203#PI "Patient internal identifier"
* $v2-0203#RRI "Regional registry ID"
* $v2-0203#NH "Numéro de sécurité sociale"
* $v2-0203#AN "Account number"
* $v2-0203-fr#NNFRA "National Person Identifier where the FRA is the ISO table 3166 3-character (alphabetic) country code"
* $v2-0203-fr#NDP "Identifiant du patient au Dossier Pharmaceutique"
* $v2-0203-fr#INS-C "Identifiant National de Santé Calculé"
* $v2-0203-fr#INS-NIA "NIR temporaire"
* $v2-0203-fr#INS-NIR "NIR définitif"
* $v2-0203-fr#INS-NIR-TEST "NIR TEST"
* $v2-0203-fr#INS-NIR-DEMO "NIR DEMO"

ValueSet: PasserelleVisitIdentifierType
Id: passerelle-visit-identifier-type
Title: "Types d'identifiant d'une venue"
Description: "Visit (VN) and movement (MN) as FR Core codes them; visit and administrative file (AN) of HL7 table 0203."
* insert Provenance([[HL7 France FR Core fr-core-cs-identifier-type 2.1.0; HL7 table 0203; IHE PAM France PID-18, PV1-19, ZBE-1]], 2.11, 2026-11-22)
* $identifier-type-fr#VN "Visit Number"
* $identifier-type-fr#MN "Movement Number"
* $v2-0203#VN "Visit number"
* $v2-0203#AN "Account number"
