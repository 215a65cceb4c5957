CodeSystem: Pam0203
Id: pam-0203
Title: "Types d'identifiant propres à PAM France"
Description: "Types that the French table 0203 has, and neither HL7's nor FR Core's."
* insert Provenance([[IHE PAM France, table 0203 of Interop'Santé]], 2.11, 2026-11-22)
* ^experimental = false
* ^caseSensitive = true
* #INS "Identifiant National de Santé" "Of an authority that is not one of the INS authorities"
* #UF "Unité fonctionnelle"
* #SRV "Service"
