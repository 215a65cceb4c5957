CodeSystem: PasserelleRequestCategory
Id: passerelle-request-category
Title: "What a request is for"
* insert Ours
* ^caseSensitive = true
* #orientation "Orientation of a patient"

ValueSet: PasserelleOrientationStatus
Id: passerelle-orientation-status
Title: "Étapes d'une orientation"
Description: "JDV_J252 (towards a structure) and JDV_J253 (towards a unit of it)."
* insert Provenance([[ANS JDV_J252-StatutPersonnePriseChargeESMS and JDV_J253-StatutPersonnePriseChargeUnite]], [[J253 20230922120000, J252 transcribed without a version]], 2026-11-22)
* $TRE-R357#37 "Décision d'orientation annulée"
* $TRE-R357#39 "Notification envoyée"
* $TRE-R357#40 "Notification lue"
* $TRE-R357#41 "Contact effectué"
* $TRE-R357#42 "Liste d'attente. En cours d'analyse, demande d'admission reçue dans l'ESMS"
* $TRE-R357#43 "Période d'essai en cours dans l'ESMS"
* $TRE-R357#44 "Période d'essai non concluante dans l'ESMS"
* $TRE-R357#45 "Admission impossible signalée"
* $TRE-R357#46 "Admission impossible entérinée"
* $TRE-R357#47 "Usager entré"
* $TRE-R357#48 "Usager sorti"
* $TRE-R357#49 "Notification annulée"
* $TRE-R357#51 "Demande de réorientation dans l'ESMS"
* $TRE-R357#54 "Notification réactivée"
* $TRE-R357#71 "Liste d'attente. Admis dans l'ESMS"
* $TRE-R357#72 "Liste d'attente. Admissible dans l'ESMS"
* $TRE-R357#180 "Retiré de la liste d'attente ou accompagnement annulé"
* $TRE-R357#181 "Période d'essai non concluante dans l'unité"
* $TRE-R357#182 "Liste d'attente. En cours d'analyse, demande d'admission reçue dans l'unité"
* $TRE-R357#183 "Liste d'attente. Admissible dans l'unité"
* $TRE-R357#184 "Liste d'attente. Admis dans l'unité"
* $TRE-R357#185 "Période d'essai en cours dans l'unité"
* $TRE-R357#186 "Usager pris en charge"
* $TRE-R357#187 "Demande de réorientation dans l'unité"
* $TRE-R357#188 "Fin de prise en charge"
