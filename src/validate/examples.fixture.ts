/** A small collection that meets most kinds of element: slices of core vital signs, references, extensions, choices. */
export const bundle = {
  resourceType: 'Bundle', type: 'collection',
  entry: [
    {
      fullUrl: 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a',
      resource: {
        resourceType: 'Patient', id: 'p1', active: true,
        text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Example &amp; more</p></div>' },
        identifier: [{ use: 'official', system: 'urn:oid:1.2.250.1.213.1.4.8', value: '123' }],
        name: [{ use: 'official', family: 'Exemple', given: ['Marie', 'Anne'], period: { start: '2000', end: '2010-01' } }],
        gender: 'female', birthDate: '1980-01-02', deceasedBoolean: false,
        contact: [{ relationship: [{ text: 'x' }], name: { text: 'y' } }],
      },
    },
    {
      fullUrl: 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0b',
      resource: {
        resourceType: 'Observation', id: 'o1', status: 'final',
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
        code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
        subject: { reference: 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a' }, effectiveDateTime: '2024-05-06T10:00:00+02:00',
        component: [
          { code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] }, valueQuantity: { value: 120, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' } },
          { code: { coding: [{ system: 'http://loinc.org', code: '8462-4' }] }, valueQuantity: { value: 80, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' } },
        ],
      },
    },
  ],
};
