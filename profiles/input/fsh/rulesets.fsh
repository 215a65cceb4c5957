// The French text of an invariant, beside the English one in `human`.
RuleSet: Fr(text)
* human.extension[0].url = "http://hl7.org/fhir/StructureDefinition/translation"
* human.extension[0].extension[0].url = "lang"
* human.extension[0].extension[0].valueCode = #fr
* human.extension[0].extension[1].url = "content"
* human.extension[0].extension[1].valueString = {text}

// Where the content of a table comes from: source, its version, the day it was read.
RuleSet: Provenance(source, version, date)
* ^copyright = "Source: {source}; version {version}; read {date}"

RuleSet: Ours
* ^experimental = false
* ^copyright = "Source: Passerelle; version 0.1.0"

// A coded element that says nothing: neither a code nor a text.
RuleSet: Said(path)
* {path} obeys passerelle-said
