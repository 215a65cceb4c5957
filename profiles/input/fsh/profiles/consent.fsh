Profile: PasserelleDmpConsent
Parent: Consent
Id: passerelle-dmp-consent
Title: "Consent for the DMP"
Description: "What a patient said to an establishment about their shared record: opposition to its being fed (ZFA-9), consent to its being read (ZFA-11). Source: IHE PAM France 2.11, segment ZFA."
* scope = $consentscope#patient-privacy
* category 1..1
* category from PasserelleDmpConsentCategoryVS (required)
* patient 1..1
* patient obeys passerelle-identified
* dateTime 1..1
* organization 1..1
* organization obeys passerelle-identified
* policyRule 1..1
* provision 1..1
* provision.type 1..1
