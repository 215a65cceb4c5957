import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { writeJson } from '../json/write-json.ts';
import { problemText } from '../problem.ts';
import { readXml } from './read-xml.ts';
import { smallSchema } from './small-schema.fixture.ts';

const read = (text: string | Uint8Array): ReturnType<typeof readXml> => readXml(text, smallSchema);
const faults = (text: string | Uint8Array): string[] =>
  read(text).problems.map(({ code, line, column, path }) => `${code} ${line}:${column} ${path.join('.')}`.trim());
const patient = (content: string): string => `<Patient xmlns="http://hl7.org/fhir">${content}</Patient>`;

describe('readXml', () => {
  test('reads elements, arrays, attributes, primitives and their extensions as FHIR JSON has them', () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment is allowed -->
<Patient xmlns="http://hl7.org/fhir" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://hl7.org/fhir patient.xsd">
  <id value="p1"/>
  <contained><Observation><status value="final"/><valueQuantity><value value="1.50"/></valueQuantity></Observation></contained>
  <extension url="http://passerelle.test/e"><valueBoolean value="true"/></extension>
  <identifier id="i1"><value value="185072B03304797"/></identifier>
  <active value="false"/>
  <name>
    <family value="PAT-TROIS"/>
    <given value="DOMINIQUE"/>
    <given id="g2"><extension url="http://passerelle.test/absent"><valueString value="é &amp; œ &#8364;"/></extension></given>
    <given value="JEAN"/>
  </name>
  <birthDate value="1979-03-05"><extension url="http://passerelle.test/e"><valueDecimal value="0.10"/></extension></birthDate>
</Patient>`;
    const { resource, problems, decimals, locate } = read(text);
    expect(problems).toEqual([]);
    expect(writeJson(resource, decimals)).toBe(JSON.stringify({
      resourceType: 'Patient',
      id: 'p1',
      contained: [{ resourceType: 'Observation', status: 'final', valueQuantity: { value: '#1.50#' } }],
      extension: [{ url: 'http://passerelle.test/e', valueBoolean: true }],
      identifier: [{ id: 'i1', value: '185072B03304797' }],
      active: false,
      name: [{
        family: 'PAT-TROIS',
        given: ['DOMINIQUE', null, 'JEAN'],
        _given: [null, { id: 'g2', extension: [{ url: 'http://passerelle.test/absent', valueString: 'é & œ €' }] }, null],
      }],
      birthDate: '1979-03-05',
      _birthDate: { extension: [{ url: 'http://passerelle.test/e', valueDecimal: '#0.10#' }] },
    }).replace(/"#([0-9.]+)#"/g, '$1'));
    expect(locate(['name', 0, 'given', 2])).toEqual({ line: 13, column: 5 });
    expect(locate(['contained', 0, 'value', 'value'])).toEqual({ line: 5, column: 65 });
    expect(locate(['contact'])).toEqual({ line: 3, column: 1 });
  });

  test('an array of primitives without any value is only its extensions', () => {
    const given = '<given><extension url="http://passerelle.test/e"><valueString value="x"/></extension></given>';
    expect(read(patient(`<name>${given}${given}</name>`)).resource).toEqual({
      resourceType: 'Patient',
      name: [{ _given: Array(2).fill({ extension: [{ url: 'http://passerelle.test/e', valueString: 'x' }] }) }],
    });
  });

  test('the narrative is kept as it is written', () => {
    const div = '<div xmlns="http://www.w3.org/1999/xhtml" lang=\'fr\'>😀 <p\n>a &lt; b &#160;<br/></p><!-- c --></div>';
    const { resource, problems } = read(patient(`<text><status value="generated"/>${div}</text><active value="true"/>`));
    expect(problems).toEqual([]);
    expect(resource).toEqual({ resourceType: 'Patient', text: { status: 'generated', div }, active: true });
  });

  test('a narrative whose namespace is declared around it is written anew with its own', () => {
    const text = '<f:Patient xmlns:f="http://hl7.org/fhir" xmlns:h="http://www.w3.org/1999/xhtml"><f:text><f:status value="generated"/><h:div id="x"><h:p title="a&quot;b">é &amp; &lt;<h:br/></h:p><![CDATA[<z>]]></h:div></f:text></f:Patient>';
    expect(read(text)).toMatchObject({ problems: [], resource: { resourceType: 'Patient', text: {
      status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml" id="x"><p title="a&quot;b">é &amp; &lt;<br/></p>&lt;z&gt;</div>',
    } } });
  });

  test('a Bundle holds resources of any type', () => {
    const text = `<Bundle xmlns="http://hl7.org/fhir"><type value="collection"/><entry><fullUrl value="urn:uuid:1"/><resource><Patient><active value="true"/></Patient></resource></entry><entry><resource><Observation><valueInteger value="12"/></Observation></resource></entry></Bundle>`;
    expect(read(text)).toMatchObject({ problems: [], resource: { resourceType: 'Bundle', type: 'collection', entry: [
      { fullUrl: 'urn:uuid:1', resource: { resourceType: 'Patient', active: true } },
      { resource: { resourceType: 'Observation', valueInteger: 12 } },
    ] } });
  });

  test.each([
    [patient('<nmae/>'), 'unknown-element 1:38'],
    [patient('<active/>'), 'empty-element 1:38 active'],
    [patient('<active value=""/>'), 'empty-value 1:38 active'],
    [patient('<active value="true"/><active value="true"/>'), 'repeated-element 1:60'],
    [patient('<birthDate value="1979"/><active value="true"/>'), 'element-order 1:63'],
    [patient('<active value="true" unit="x"/>'), 'unknown-attribute 1:38 active'],
    [patient('<name value="x"/>'), 'unknown-attribute 1:38 name.0'],
    [patient('<name><id value="x"/></name>'), 'unknown-element 1:44 name.0'],
    [patient('<extension><url value="http://x"/></extension>'), 'unknown-element 1:49 extension.0'],
    [patient('text'), 'unexpected-text 1:42'],
    [patient('<contained/>'), 'resource-count 1:38 contained.0'],
    [patient('<contained><Patient/><Patient/></contained>'), 'resource-count 1:59 contained.0'],
    [patient('<contained><Patrient/></contained>'), 'unknown-resource 1:49 contained.0'],
    [patient('<active xmlns="urn:other" value="true"/>'), 'namespace 1:38'],
    [patient('<text><div>x</div></text>'), 'xhtml-namespace 1:44 text.div'],
    ['<Patrient xmlns="http://hl7.org/fhir"/>', 'unknown-resource 1:1'],
    ['<Patient/>', 'namespace 1:1'],
    ['', 'empty 1:1'],
    ['<?xml version="1.0"?>\n<?xml-stylesheet href="x"?><Patient xmlns="http://hl7.org/fhir"/>', 'processing-instruction 2:1'],
    ['not xml', 'xml-syntax 1:8'],
    ['<!DOCTYPE Patient [<!ENTITY x "y">]><Patient xmlns="http://hl7.org/fhir"/>', 'doctype 1:1'],
    [patient('<active value="&x;"/>'), 'xml-syntax 1:56 '],
  ])('%s → %s', (text, fault) => {
    expect(faults(text)[0]).toBe(fault.trim());
  });

  test('a broken text gives no resource; a fault in one element does not hide the next', () => {
    expect(read('<Patient xmlns="http://hl7.org/fhir"><active value="true"/>').resource).toBeUndefined();
    expect(faults(patient('<x><y/></x><active/><z/>'))).toEqual(['unknown-element 1:38', 'empty-element 1:49 active', 'unknown-element 1:58']);
  });

  test('reads by the declared encoding, and says that FHIR wants UTF-8', () => {
    const text = `<?xml version="1.0" encoding="ISO-8859-15"?>${patient('<name><family value="é¤"/></name>')}`;
    const { resource, problems } = read(Buffer.from(text, 'latin1'));
    expect(resource).toMatchObject({ name: [{ family: 'é€' }] });
    expect(problems).toMatchObject([{ code: 'encoding', severity: 'warning' }]);
    expect(faults(Buffer.from(patient('<name><family value="é"/></name>'), 'latin1'))).toEqual(['encoding 1:59']);
    expect(read(Buffer.from(`\uFEFF${patient('<active value="true"/>')}`)).problems).toEqual([]);
  });

  test('caps depth', () => {
    expect(faults(patient('<extension>'.repeat(1000)))[0]).toMatch(/^depth /);
    expect(faults(patient(`<text><div xmlns="http://www.w3.org/1999/xhtml">${'<p>'.repeat(1000)}`))[0]).toMatch(/^depth /);
  });

  test('takes time in proportion to the text', () => {
    const time = (text: string): number => {
      const start = performance.now();
      read(text);
      return performance.now() - start;
    };
    const shapes = [
      (n: number) => patient('<name><given value="A"/><given value="B"/></name>'.repeat(n)),
      (n: number) => patient(`<name>${'<given value="A"/>'.repeat(n)}</name>`),
      (n: number) => patient(`<name><family value="${'x&amp;'.repeat(n)}"/></name>`),
      (n: number) => patient(`<text><div xmlns="http://www.w3.org/1999/xhtml">${'<p>a</p>'.repeat(n)}</div></text>`),
      (n: number) => patient(`<x>${'<y/>'.repeat(n)}</x>`),
    ];
    for (const shape of shapes) {
      const [small, large] = [shape(2000), shape(16_000)];
      time(small);
      const least = (text: string): number => Math.min(time(text), time(text), time(text));
      expect(least(large)).toBeLessThan(24 * Math.max(least(small), 2)); // eight times the text; quadratic would be 64 times
    }
  });

  test('caps length', () => {
    expect(readXml(patient(''), smallSchema, { maxLength: 10 }).problems).toMatchObject([{ code: 'size' }]);
  });

  test('never throws, whatever the text', () => {
    const pieces = fc.constantFrom('<Patient xmlns="http://hl7.org/fhir">', '</Patient>', '<name>', '</name>', '<given value="x"/>', '<given>', '</given>', '<active value="true"/>',
      '<text>', '<div xmlns="http://www.w3.org/1999/xhtml">', '</div>', '</text>', '<contained>', '</contained>', '<!DOCTYPE a>', '<![CDATA[x]]>', '<?p?>', '<!--', '-->', '&', '<', '>', '"', ' ', 'x', '\u0000', '\uFEFF');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(pieces).map(p => p.join('')), fc.array(pieces).map(p => patient(p.join('')))), text => {
      for (const problem of read(text).problems) expect(problemText(problem, 'en')).not.toContain('{0}');
    }), { numRuns: 1000 });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      read(bytes);
    }));
  });

  test('what is written as XML from JSON is read back as that JSON', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map(s => s.replace(/[\u0000-\u001F\uFFFE\uFFFF]/g, '-'));
    const extension = fc.record({ url: word, valueString: word });
    const name = fc.record({ extension: fc.array(extension, { minLength: 1, maxLength: 2 }), family: word, given: fc.array(word, { minLength: 1, maxLength: 3 }) }, { requiredKeys: ['family'] });
    const tree = fc.record({
      resourceType: fc.constant('Patient'), active: fc.boolean(), name: fc.array(name, { minLength: 1, maxLength: 3 }), deceasedBoolean: fc.boolean(),
      contact: fc.array(fc.record({ name, gender: word }), { minLength: 1, maxLength: 2 }),
    }, { requiredKeys: ['resourceType', 'active'] });
    fc.assert(fc.property(tree, resource => {
      const { resource: back, problems } = read(asXml(resource));
      expect(problems).toEqual([]);
      expect(back).toEqual(resource);
    }));
  });
});

/** A naive writer of the small trees above. */
function asXml(resource: Record<string, unknown>): string {
  const escape = (text: string): string => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
  const element = (key: string, value: unknown): string => {
    if (Array.isArray(value)) return value.map(item => element(key, item)).join('');
    if (typeof value !== 'object' || value === null) return `<${key} value="${escape(String(value))}"/>`;
    const { url, ...rest } = value as Record<string, unknown>;
    const attribute = url === undefined ? '' : ` url="${escape(url as string)}"`;
    return `<${key}${attribute}>${Object.entries(rest).map(([k, v]) => element(k, v)).join('')}</${key}>`;
  };
  const { resourceType, ...rest } = resource;
  return `<${String(resourceType)} xmlns="http://hl7.org/fhir">${Object.entries(rest).map(([k, v]) => element(k, v)).join('')}</${String(resourceType)}>`;
}
