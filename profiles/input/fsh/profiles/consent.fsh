Profile: PasserelleDmpConsent
Parent: Consent
Id: passerelle-dmp-consent
Title: "Consent for the DMP"
Description: "What a patient said to an establishment about their shared record: opposition to its being fed (ZFA-9), consent to its being read (ZFA-11). An answer that was not collected (NA) is only proposed, and says neither yes nor no. Source: IHE PAM France 2.11, segment ZFA."
* obeys passerelle-consent-answer
* scope = $consentscope#patient-privacy
* category 1..1
* category from PasserelleDmpConsentCategoryVS (required)
* patient 1..1
* patient obeys passerelle-identified
* dateTime 1..1
* organization 1..1
* organization obeys passerelle-identified
* policyRule 1..1
* provision.type 1..1

Invariant: passerelle-consent-answer
Description: "A consent in force must say what is permitted or denied"
* severity = #error
* expression = "status = 'active' implies provision.exists()"
* insert Fr([["Un consentement en vigueur doit dire ce qui est permis ou refusé"]])
