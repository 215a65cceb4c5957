ValueSet: PasserelleConfidentiality
Id: passerelle-confidentiality
Title: "Confidentialité d'un document"
Description: "JDV_J08: the level of confidentiality and the restrictions of visibility of a document in the DMP. The OID 1.2.250.1.213.1.1.4.13 is TRE_A07."
* insert Provenance([[ANS JDV_J08-XdsConfidentialityCode-CISIS, OID 1.2.250.1.213.1.1.5.463]], 20200424120000, 2026-11-22)
* $v3-Confidentiality#N "Normal"
* $v3-Confidentiality#R "Restreint"
* $v3-Confidentiality#V "Très restreint"
* $TRE-A07#INVISIBLE_PATIENT "Non visible par le patient"
* $TRE-A07#INVISIBLE_REPRESENTANTS_LEGAUX "Non visible par les représentants légaux du patient"
* $TRE-A07#MASQUE_PS "Masqué aux professionnels de santé"
