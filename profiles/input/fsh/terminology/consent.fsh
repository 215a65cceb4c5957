CodeSystem: PasserelleDmpConsentCategory
Id: passerelle-dmp-consent-category
Title: "What a consent for the DMP is about"
Description: "The two questions of segment ZFA."
* insert Provenance([[IHE PAM France, segment ZFA]], 2.11, 2026-11-22)
* ^experimental = false
* ^caseSensitive = true
* #alimentation "Alimentation du DMP" "ZFA-9: IO opposition, INO no opposition, NA not asked"
* #consultation "Consultation du DMP" "ZFA-11: IC consent, INC no consent, NA not asked"

ValueSet: PasserelleDmpConsentCategoryVS
Id: passerelle-dmp-consent-category
Title: "What a consent for the DMP is about"
* insert Ours
* include codes from system PasserelleDmpConsentCategory
