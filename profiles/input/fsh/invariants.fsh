Invariant: passerelle-said
Description: "A code or a text must be given"
* severity = #error
* expression = "coding.exists() or text.exists()"
* insert Fr([["Un code ou un texte doit être donné"]])

Invariant: passerelle-identified
Description: "The reference must lead somewhere: a reference or an identifier, not only a display"
* severity = #error
* expression = "reference.exists() or identifier.exists()"
* insert Fr([["La référence doit mener quelque part : une référence ou un identifiant, pas seulement un libellé"]])
