import type { ElementShape, SchemaLookup } from './schema-lookup.ts';

/** A few types of R4 written out by hand, enough to test the reader without the definitions. */
const types: Readonly<Record<string, readonly string[]>> = {
  Patient: ['id', 'meta:Meta', 'text:Narrative', 'contained*:resource', 'extension*:Extension', 'modifierExtension*:Extension',
    'identifier*:Identifier', 'active:boolean', 'name*:HumanName', 'birthDate:date', 'deceasedBoolean:boolean|deceasedDateTime:dateTime', 'contact*:Patient.contact'],
  'Patient.contact': ['extension*:Extension', 'name:HumanName', 'gender:code'],
  Observation: ['id', 'meta:Meta', 'text:Narrative', 'status:code', 'code:CodeableConcept', 'valueQuantity:Quantity|valueString:string|valueInteger:integer', 'referenceRange*:Observation.referenceRange'],
  'Observation.referenceRange': ['low:Quantity', 'high:Quantity', 'text:string'],
  Bundle: ['id', 'type:code', 'entry*:Bundle.entry'],
  'Bundle.entry': ['fullUrl:uri', 'resource:resource'],
  Meta: ['extension*:Extension', 'profile*:canonical'],
  Narrative: ['status:code', 'div:xhtml'],
  Identifier: ['extension*:Extension', 'use:code', 'system:uri', 'value:string'],
  HumanName: ['extension*:Extension', 'use:code', 'family:string', 'given*:string'],
  CodeableConcept: ['text:string'],
  Quantity: ['value:decimal', 'unit:string'],
  Extension: ['extension*:Extension', 'url:uri', 'valueString:string|valueBoolean:boolean|valueDecimal:decimal'],
};
const primitives: Readonly<Record<string, ElementShape['json']>> = {
  id: 'string', boolean: 'boolean', decimal: 'number', integer: 'number', string: 'string', uri: 'string', code: 'string', date: 'string', dateTime: 'string', canonical: 'string',
};

function shapes(): Map<string, Map<string, ElementShape>> {
  const all = new Map<string, Map<string, ElementShape>>();
  for (const [type, elements] of Object.entries(types)) {
    const children = new Map<string, ElementShape>();
    elements.forEach((element, rank) => {
      for (const choice of element.split('|')) {
        const [name = '', declared = name] = choice.split(':');
        const json = primitives[declared];
        const kind = json !== undefined ? 'primitive' : declared === 'xhtml' || declared === 'resource' ? declared : 'complex';
        children.set(name.replace('*', ''), { kind, type: declared, array: name.endsWith('*'), rank, ...(json === undefined ? {} : { json }) });
      }
    });
    all.set(type, children);
  }
  for (const primitive of Object.keys(primitives)) {
    all.set(primitive, new Map([['extension', { kind: 'complex', type: 'Extension', array: true }]]));
  }
  return all;
}

const known = shapes();

export const smallSchema: SchemaLookup = {
  isResource: name => name === 'Patient' || name === 'Observation' || name === 'Bundle',
  child: (type, name) => known.get(type)?.get(name),
};
