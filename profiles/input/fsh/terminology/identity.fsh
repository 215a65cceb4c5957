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
