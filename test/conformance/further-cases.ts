type Json = Readonly<Record<string, unknown>>;

/** A resource whose verdict follows from R4 or from what the reference validator says of it; written by us, with invented people. */
export interface FurtherCase {
  readonly name: string;
  readonly valid: boolean;
  readonly text: string;
  /** Definitions it needs; the first profile among them is asked for. */
  readonly definitions?: readonly Json[];
}

const core = 'http://hl7.org/fhir/StructureDefinition/';
const div = (html: string): Json => ({ resourceType: 'Basic', code: { text: 'note' }, text: { status: 'generated', div: html } });
const xhtml = (inner: string): Json => div(`<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`);
const patient = (rest: Json): Json => ({ resourceType: 'Patient', ...rest });
const observation = (rest: Json): Json => ({ resourceType: 'Observation', status: 'final', code: { text: 'Glycémie' }, ...rest });
const bundle = (type: string, entry: readonly Json[], rest: Json = {}): Json => ({ resourceType: 'Bundle', type, ...rest, entry });
const urn = (last: string): string => `urn:uuid:61ebe359-bfdc-4613-8bf2-c5e3009450${last}`;
const extension = (url: string, rest: Json): Json => ({ url, ...rest });

function profile(type: string, element: readonly Json[]): Json {
  const url = 'https://passerelle.test/case/profile';
  return { resourceType: 'StructureDefinition', id: 'case', url, name: 'Case', status: 'draft', fhirVersion: '4.0.1', kind: 'resource', abstract: false, type, baseDefinition: core + type, derivation: 'constraint', differential: { element: [{ id: type, path: type }, ...element] } };
}

const sliced = (rules: string, ordered = false): Json[] => [
  { id: 'Patient.identifier', path: 'Patient.identifier', slicing: { discriminator: [{ type: 'value', path: 'system' }], rules, ordered } },
  { id: 'Patient.identifier:a', path: 'Patient.identifier', sliceName: 'a', max: '1' },
  { id: 'Patient.identifier:a.system', path: 'Patient.identifier.system', min: 1, fixedUri: 'https://passerelle.test/a' },
  { id: 'Patient.identifier:b', path: 'Patient.identifier', sliceName: 'b' },
  { id: 'Patient.identifier:b.system', path: 'Patient.identifier.system', min: 1, fixedUri: 'https://passerelle.test/b' },
];
const numbers = (...systems: string[]): Json => patient({ identifier: systems.map(one => ({ system: `https://passerelle.test/${one}`, value: '1' })) });
const byCode: Json[] = [
  { id: 'Observation.component', path: 'Observation.component', slicing: { discriminator: [{ type: 'pattern', path: 'code' }], rules: 'open' } },
  { id: 'Observation.component:mean', path: 'Observation.component', sliceName: 'mean', min: 1, max: '1' },
  { id: 'Observation.component:mean.code', path: 'Observation.component.code', patternCodeableConcept: { coding: [{ system: 'http://loinc.org', code: '8478-0' }] } },
  { id: 'Observation.component:mean.value[x]', path: 'Observation.component.value[x]', min: 1, type: [{ code: 'Quantity' }] },
];
const mean = (rest: Json): Json => observation({ component: [{ code: { coding: [{ system: 'http://loinc.org', code: '8478-0' }], text: 'PAM' }, ...rest }] });
const onlyQuantity: Json[] = [{ id: 'Observation.value[x]', path: 'Observation.value[x]', type: [{ code: 'Quantity' }] }];
const typed: Json[] = [
  { id: 'Observation.value[x]', path: 'Observation.value[x]', slicing: { discriminator: [{ type: 'type', path: '$this' }], rules: 'open' } },
  { id: 'Observation.value[x]:valueQuantity', path: 'Observation.value[x]', sliceName: 'valueQuantity', type: [{ code: 'Quantity' }] },
  { id: 'Observation.value[x]:valueQuantity.code', path: 'Observation.value[x].code', min: 1 },
];
const questionnaire: Json = {
  resourceType: 'Questionnaire', id: 'q', url: 'https://passerelle.test/case/q', status: 'active', item: [
    { linkId: 'g', type: 'group', text: 'g', item: [{ linkId: 'name', type: 'string', text: 'name', required: true, maxLength: 5 }, { linkId: 'age', type: 'integer', text: 'age' }] },
    { linkId: 'sex', type: 'choice', text: 'sex', answerOption: [{ valueCoding: { system: 'https://passerelle.test/sex', code: 'f' } }, { valueCoding: { system: 'https://passerelle.test/sex', code: 'm' } }] },
    { linkId: 'why', type: 'string', text: 'why', enableWhen: [{ question: 'age', operator: '>', answerInteger: 17 }] },
    { linkId: 'read', type: 'display', text: 'read this' },
  ],
};
const response = (item: readonly Json[], status = 'completed'): Json => ({ resourceType: 'QuestionnaireResponse', questionnaire: 'https://passerelle.test/case/q', status, item });
const named = (value: Json, ...more: Json[]): Json => ({ linkId: 'g', item: [{ linkId: 'name', answer: [value] }, ...more] });

const row = (valid: boolean, name: string, resource: Json | string, definitions?: readonly Json[]): FurtherCase => ({
  name, valid, text: typeof resource === 'string' ? resource : JSON.stringify(resource), ...(definitions === undefined ? {} : { definitions }),
});
const against = (valid: boolean, name: string, type: string, element: readonly Json[], resource: Json): FurtherCase => row(valid, name, resource, [profile(type, element)]);
const asked = (valid: boolean, name: string, item: readonly Json[], status?: string): FurtherCase => row(valid, name, response(item, status), [questionnaire]);

export const furtherCases: readonly FurtherCase[] = [
  against(true, 'slicing open, one outside', 'Patient', sliced('open'), numbers('c', 'a')),
  against(false, 'slicing closed, one outside', 'Patient', sliced('closed'), numbers('a', 'c')),
  against(true, 'slicing open at the end', 'Patient', sliced('openAtEnd'), numbers('a', 'b', 'c')),
  against(false, 'slicing open at the end, one outside between', 'Patient', sliced('openAtEnd'), numbers('a', 'c', 'b')),
  against(false, 'slicing ordered, the other way round', 'Patient', sliced('open', true), numbers('b', 'a')),
  against(false, 'slicing, one too many in a slice', 'Patient', sliced('open'), numbers('a', 'a')),
  against(false, 'reslicing, none allowed in the inner slice', 'Patient', [...sliced('open'), { id: 'Patient.identifier:b', path: 'Patient.identifier', sliceName: 'b', slicing: { discriminator: [{ type: 'value', path: 'use' }], rules: 'open' } }, { id: 'Patient.identifier:b/old', path: 'Patient.identifier', sliceName: 'b/old', max: '0' }, { id: 'Patient.identifier:b/old.use', path: 'Patient.identifier.use', min: 1, fixedCode: 'old' }].filter((one, i, all) => all.findLastIndex(other => other.id === one.id) === i), patient({ identifier: [{ system: 'https://passerelle.test/b', use: 'old', value: '1' }] })),
  against(true, 'component by pattern, there', 'Observation', byCode, mean({ valueQuantity: { value: 93 } })),
  against(false, 'component by pattern, without its value', 'Observation', byCode, mean({ dataAbsentReason: { text: 'x' } })),
  against(false, 'component by pattern, of another type', 'Observation', byCode, mean({ valueString: '93' })),
  against(false, 'component by pattern, missing', 'Observation', byCode, observation({ component: [{ code: { text: 'x' }, valueString: 'x' }] })),
  against(false, 'choice narrowed, another type', 'Observation', onlyQuantity, observation({ valueString: 'x' })),
  against(true, 'choice sliced open, another type', 'Observation', typed, observation({ valueString: 'x' })),
  against(false, 'choice sliced, the slice short of a code', 'Observation', typed, observation({ valueQuantity: { value: 1 } })),
  row(false, 'choice, two types at once', observation({ valueString: 'x', valueInteger: 1 })),
  row(false, 'choice, two types at once in Patient', patient({ deceasedBoolean: true, deceasedDateTime: '2024' })),
  row(false, 'choice, a type that is not allowed', observation({ valueAddress: { city: 'Rennes' } })),
  row(false, 'choice, no such type', observation({ valueThing: 'x' })),
  row(false, 'contained within contained', patient({ contained: [{ resourceType: 'Organization', id: 'o', name: 'o', contained: [{ resourceType: 'Endpoint', id: 'e' }] }], managingOrganization: { reference: '#o' } })),
  row(false, 'contained, nobody refers to it', patient({ contained: [{ resourceType: 'Organization', id: 'o', name: 'o' }] })),
  row(true, 'contained, referred to', patient({ contained: [{ resourceType: 'Organization', id: 'o', name: 'o' }], managingOrganization: { reference: '#o' } })),
  row(false, 'contained, of the wrong type', patient({ contained: [{ resourceType: 'Practitioner', id: 'o' }], managingOrganization: { reference: '#o' } })),
  row(false, 'contained, not there', patient({ managingOrganization: { reference: '#o' } })),
  row(false, 'contained with a version', patient({ contained: [{ resourceType: 'Organization', id: 'o', name: 'o', meta: { versionId: '1' } }], managingOrganization: { reference: '#o' } })),
  row(true, 'contained refers back to its container', patient({ contained: [{ resourceType: 'Provenance', id: 'p', recorded: '2024-01-01T00:00:00Z', target: [{ reference: '#' }], agent: [{ who: { display: 'x' } }] }] })),
  row(false, 'reference of the wrong type', observation({ subject: { reference: 'Practitioner/1' } })),
  row(false, 'reference of no resource type', observation({ subject: { reference: 'Person2/1' } })),
  row(false, 'document that begins with no Composition', bundle('document', [{ fullUrl: urn('01'), resource: patient({ active: true }) }], { identifier: { system: 'https://passerelle.test', value: '1' }, timestamp: '2024-01-01T00:00:00Z' })),
  row(false, 'message that begins with no MessageHeader', bundle('message', [{ fullUrl: urn('01'), resource: patient({ active: true }) }])),
  row(false, 'two entries with one fullUrl', bundle('collection', [{ fullUrl: urn('01'), resource: patient({ active: true }) }, { fullUrl: urn('01'), resource: patient({ active: false }) }])),
  row(false, 'collection with a request', bundle('collection', [{ fullUrl: urn('01'), resource: patient({ active: true }), request: { method: 'POST', url: 'Patient' } }])),
  row(false, 'transaction without request', bundle('transaction', [{ fullUrl: urn('01'), resource: patient({ active: true }) }])),
  row(true, 'transaction', bundle('transaction', [{ fullUrl: urn('01'), resource: patient({ active: true }), request: { method: 'POST', url: 'Patient' } }])),
  row(false, 'collection with a total', bundle('collection', [{ fullUrl: urn('01'), resource: patient({ active: true }) }], { total: 1 })),
  row(false, 'fullUrl with a version', bundle('collection', [{ fullUrl: 'https://passerelle.test/Patient/1/_history/1', resource: patient({ id: '1', active: true }) }])),
  row(false, 'fullUrl of another id', bundle('collection', [{ fullUrl: 'https://passerelle.test/Patient/1', resource: patient({ id: '2', active: true }) }])),
  row(false, 'entry with nothing', bundle('collection', [{ fullUrl: urn('01') }])),
  row(false, 'reference in a Bundle to an entry of the wrong type', bundle('collection', [{ fullUrl: urn('01'), resource: { resourceType: 'Practitioner', active: true } }, { fullUrl: urn('02'), resource: observation({ subject: { reference: urn('01') } }) }])),
  asked(true, 'answers as asked', [named({ valueString: 'Anne' }), { linkId: 'sex', answer: [{ valueCoding: { system: 'https://passerelle.test/sex', code: 'f' } }] }]),
  asked(false, 'a required answer is missing', [{ linkId: 'g', item: [{ linkId: 'age', answer: [{ valueInteger: 3 }] }] }]),
  asked(true, 'a required answer is missing while in progress', [{ linkId: 'g', item: [{ linkId: 'age', answer: [{ valueInteger: 3 }] }] }], 'in-progress'),
  asked(false, 'an answer of another type', [named({ valueInteger: 1 })]),
  asked(false, 'an answer too long', [named({ valueString: 'Anne-Marie' })]),
  asked(false, 'an answer that is no option', [named({ valueString: 'Anne' }), { linkId: 'sex', answer: [{ valueCoding: { system: 'https://passerelle.test/sex', code: 'x' } }] }]),
  asked(false, 'two answers where one is allowed', [{ linkId: 'g', item: [{ linkId: 'name', answer: [{ valueString: 'Anne' }, { valueString: 'Lou' }] }] }]),
  asked(false, 'an item that is not asked', [named({ valueString: 'Anne' }), { linkId: 'zz', answer: [{ valueString: 'x' }] }]),
  asked(false, 'items in another order', [{ linkId: 'sex', answer: [{ valueCoding: { system: 'https://passerelle.test/sex', code: 'f' } }] }, named({ valueString: 'Anne' })]),
  asked(false, 'an answer to a question that is not open', [named({ valueString: 'Anne' }, { linkId: 'age', answer: [{ valueInteger: 3 }] }), { linkId: 'why', answer: [{ valueString: 'x' }] }]),
  asked(true, 'an answer to a question that is open', [named({ valueString: 'Anne' }, { linkId: 'age', answer: [{ valueInteger: 30 }] }), { linkId: 'why', answer: [{ valueString: 'x' }] }]),
  asked(false, 'an answer to a group', [{ linkId: 'g', answer: [{ valueString: 'Anne' }] }]),
  row(true, 'xhtml with a table and an image', xhtml('<table border="1"><tr><td>a</td></tr></table><p><a name="i">a</a> <a href="#i">b</a> <img src="https://passerelle.test/a.png" alt="a"/></p>')),
  row(false, 'xhtml with a script', xhtml('<script>1</script>')),
  row(false, 'xhtml with an event', xhtml('<p onclick="x()">a</p>')),
  row(false, 'xhtml with nothing', xhtml('  ')),
  row(false, 'xhtml of another namespace', div('<div xmlns="https://passerelle.test">a</div>')),
  row(false, 'xhtml not closed', xhtml('<b>a')),
  row(false, 'xhtml in another element', div('<p xmlns="http://www.w3.org/1999/xhtml">a</p>')),
  row(false, 'xhtml with a form', xhtml('<form><input/></form>')),
  row(true, 'xhtml with the entities of xml and numbers', xhtml('a&amp;b&#233;')),
  row(false, 'xhtml with an entity of html', xhtml('a&nbsp;b')),
  row(false, 'xhtml with a list in a paragraph', xhtml('<p>a<ul><li>b</li></ul></p>')),
  row(false, 'xhtml with font', xhtml('<font color="red">a</font>')),
  row(false, 'xhtml with a link that leads nowhere', xhtml('<a href="#x">a</a>')),
  row(false, 'xhtml with an image that is not there', xhtml('<img src="#x" alt="a"/>')),
  row(false, 'xhtml with an empty link', xhtml('<a href="">a</a>')),
  row(false, 'xhtml with an entity nobody knows', xhtml('a&zzz;b')),
  row(false, 'date: 30 February', patient({ birthDate: '2024-02-30' })),
  row(false, 'date: 29 February of a common year', patient({ birthDate: '1900-02-29' })),
  row(true, 'date: 29 February of a leap year', patient({ birthDate: '2000-02-29' })),
  row(false, 'date with a time', patient({ birthDate: '2024-02-20T10:00:00Z' })),
  row(false, 'dateTime with a time and no zone', observation({ effectiveDateTime: '2024-02-20T10:00:00' })),
  row(false, 'dateTime without seconds', observation({ effectiveDateTime: '2024-02-20T10:00Z' })),
  row(false, 'dateTime at 24 h', observation({ effectiveDateTime: '2024-02-20T24:00:00Z' })),
  row(false, 'instant without zone', observation({ issued: '2024-02-20T10:00:00' })),
  row(false, 'time at 25 h', observation({ valueTime: '25:00:00' })),
  row(false, 'period that ends before it starts', observation({ effectivePeriod: { start: '2024-02-02', end: '2024-02-01' } })),
  row(true, 'period of one day', observation({ effectivePeriod: { start: '2024-02-01', end: '2024-02-01' } })),
  row(false, 'period to the month it starts in, which per-1 cannot compare', observation({ effectivePeriod: { start: '2024-02-10', end: '2024-02' } })),
  row(true, 'unit with an annotation', observation({ valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: '10*3/uL{cells}' } })),
  row(false, 'unit code without system', observation({ valueQuantity: { value: 1, code: 'mg' } })),
  row(false, 'extension with a value and extensions', patient({ extension: [extension('https://passerelle.test/x', { valueCode: 'a', extension: [extension('y', { valueCode: 'b' })] })] })),
  row(false, 'extension with nothing', patient({ extension: [{ url: 'https://passerelle.test/x' }] })),
  row(false, 'extension without url', patient({ extension: [{ valueCode: 'a' }] })),
  row(false, 'extension where it may not stand', observation({ extension: [extension(`${core}patient-birthPlace`, { valueAddress: { city: 'Rennes' } })] })),
  row(true, 'extension where it may stand', patient({ extension: [extension(`${core}patient-birthPlace`, { valueAddress: { city: 'Rennes' } })] })),
  row(false, 'extension with another type', patient({ extension: [extension(`${core}patient-birthPlace`, { valueString: 'Rennes' })] })),
  row(false, 'extension used as a modifier', patient({ modifierExtension: [extension(`${core}patient-birthPlace`, { valueAddress: { city: 'Rennes' } })] })),
  row(false, 'extension within that is not of it', patient({ extension: [extension(`${core}patient-nationality`, { extension: [extension('city', { valueString: 'x' })] })] })),
  row(true, 'extension on a primitive without value', patient({ _birthDate: { extension: [extension(`${core}data-absent-reason`, { valueCode: 'unknown' })] } })),
  row(false, 'primitive with an id and nothing else', patient({ _birthDate: { id: 'a' } })),
  row(true, 'two given names, one absent', patient({ name: [{ given: [null, 'Lou'], _given: [{ extension: [extension(`${core}data-absent-reason`, { valueCode: 'unknown' })] }, null] }] })),
  row(false, 'the list of `_given` is no list', patient({ name: [{ given: ['Lou'], _given: { id: 'a' } }] })),
  row(false, 'the `_birthDate` is a list', patient({ birthDate: '2020', _birthDate: [{ id: 'a' }] })),
  row(false, 'null in a list', patient({ name: [{ given: [null, 'Lou'] }] })),
  row(false, 'json: the same name twice', '{"resourceType":"Patient","active":true,"active":false}'),
  row(false, 'json: an empty list', patient({ name: [] })),
  row(false, 'json: an empty object', patient({ name: [{}] })),
  row(false, 'json: an empty text', patient({ name: [{ family: '' }] })),
  row(false, 'json: a number as a text', observation({ valueInteger: '1' })),
  row(false, 'json: a text as a number', patient({ birthDate: 1990 })),
  row(false, 'json: a boolean as a text', patient({ active: 'true' })),
  row(false, 'json: one where a list is due', patient({ name: { family: 'x' } })),
  row(false, 'json: a list where one is due', patient({ gender: ['male'] })),
  row(false, 'json: an integer with a point', '{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueInteger":1.0}'),
  row(false, 'json: an integer with an exponent, in a contained resource', '{"resourceType":"Observation","status":"final","code":{"text":"x"},"hasMember":[{"reference":"#a"}],"contained":[{"resourceType":"Observation","id":"a","status":"final","code":{"text":"x"},"component":[{"code":{"text":"y"},"valueInteger":1e1}]}]}'),
  row(true, 'json: a decimal with a point and no more', '{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.0}}'),
  row(false, 'json: a leading zero', '{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueInteger":01}'),
  row(false, 'json: a comma too many', '{"resourceType":"Patient","active":true,}'),
  row(false, 'json: a comment', '{"resourceType":"Patient",/* x */"active":true}'),
  row(false, 'json: no resourceType', '{"active":true}'),
  row(false, 'json: comments of DSTU2', patient({ fhir_comments: ['x'], active: true })),
  row(false, 'xml: elements in another order', '<Patient xmlns="http://hl7.org/fhir"><birthDate value="1990-01-01"/><active value="true"/></Patient>'),
  row(false, 'xml: an element twice', '<Patient xmlns="http://hl7.org/fhir"><active value="true"/><active value="true"/></Patient>'),
  row(false, 'xml: an attribute nobody knows', '<Patient xmlns="http://hl7.org/fhir"><active value="true" zz="1"/></Patient>'),
  row(false, 'xml: text between elements', '<Patient xmlns="http://hl7.org/fhir">x<active value="true"/></Patient>'),
  row(false, 'xml: an empty value', '<Patient xmlns="http://hl7.org/fhir"><gender value=""/></Patient>'),
  row(false, 'xml: an integer with a point', '<Observation xmlns="http://hl7.org/fhir"><status value="final"/><code><text value="x"/></code><valueInteger value="1.0"/></Observation>'),
  row(false, 'xml: an element with nothing', '<Patient xmlns="http://hl7.org/fhir"><gender/></Patient>'),
  row(false, 'xml: another namespace', '<Patient xmlns="https://passerelle.test"><active value="true"/></Patient>'),
  row(true, 'xml: comments and a processing instruction', '<?xml version="1.0" encoding="UTF-8"?><!-- a --><Patient xmlns="http://hl7.org/fhir"><!-- b --><active value="true"/></Patient>'),
  row(true, 'xml: a prefix', '<f:Patient xmlns:f="http://hl7.org/fhir"><f:active value="true"/></f:Patient>'),
  row(false, 'id with an underscore', patient({ id: 'a_b', active: true })),
  row(false, 'id of 65 characters', patient({ id: 'a'.repeat(65), active: true })),
  row(false, 'code with two spaces', observation({ category: [{ coding: [{ system: 'https://passerelle.test', code: 'a  b' }] }] })),
  row(false, 'uri with a space', patient({ identifier: [{ system: 'https://passerelle.test/a b', value: '1' }] })),
  row(false, 'oid that is none', patient({ identifier: [{ system: 'urn:oid:1.2.x', value: '1' }] })),
  row(false, 'a URI identifier that is none', patient({ identifier: [{ system: 'urn:ietf:rfc:3986', value: '1.2.250.1' }] })),
  row(true, 'a URI identifier', patient({ identifier: [{ system: 'urn:ietf:rfc:3986', value: 'urn:oid:1.2.250.1' }] })),
  row(false, 'canonical that is not absolute', patient({ meta: { profile: ['Patient/1'] }, active: true })),
  row(false, 'uuid in capitals', patient({ identifier: [{ system: 'urn:uuid:61EBE359-BFDC-4613-8BF2-C5E300945F0A', value: '1' }] })),
  row(false, 'base64 that is none', patient({ photo: [{ contentType: 'image/png', data: 'a*b=' }] })),
  row(false, 'positiveInt 0', patient({ telecom: [{ system: 'phone', value: '1', rank: 0 }] })),
  row(true, 'a text of spaces', patient({ name: [{ family: '   ' }] })),
  row(false, 'a code outside its required set', patient({ gender: 'female ' })),
  row(true, 'a code outside its extensible set', patient({ maritalStatus: { coding: [{ system: 'https://passerelle.test/m', code: 'x' }] } })),
  row(false, 'contact point without system', patient({ telecom: [{ value: '1' }] })),
  row(false, 'contact of nobody', patient({ contact: [{ gender: 'male' }] })),
  row(false, 'value and the reason it is absent', observation({ valueInteger: 1, dataAbsentReason: { text: 'x' } })),
  row(false, 'property nobody knows, deep', patient({ name: [{ family: 'x', period: { start: '2020', zz: 1 } }] })),
];
