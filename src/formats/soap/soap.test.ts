import { describe, expect, test } from '@jest/globals';
import { readContentType } from './content-type.ts';
import { readSoap } from './read.ts';
import { receiving } from './receive.ts';
import { soapContentType, soapEnvelope } from './write.ts';

const soap = 'http://www.w3.org/2003/05/soap-envelope';
const request = { action: 'urn:a&b', messageId: 'urn:uuid:1', to: 'https://dmp.test/x?a=1&b=2', security: '<A xmlns="urn:s"/>', body: '<b:Q xmlns:b="urn:b">é</b:Q>' };

describe('the envelope', () => {
  test('says who is called and what for, and reads back', () => {
    const xml = soapEnvelope(request);
    expect(readSoap(Buffer.from(xml))).toEqual({ wrong: null, message: { action: 'urn:a&b', relatesTo: '', body: '{urn:b}Q', fault: null } });
    expect(xml).toContain('soap:mustUnderstand="true">urn:a&amp;b</wsa:Action>');
    expect(xml).toContain('<wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><A xmlns="urn:s"/></wsse:Security>');
    expect(soapEnvelope({ ...request, security: '' })).not.toContain('wsse:Security');
  });

  test('a fault is read as it came: code, subcodes, reason, detail', () => {
    const fault = `<?xml version="1.0"?><e:Envelope xmlns:e="${soap}" xmlns:wsa="http://www.w3.org/2005/08/addressing"><e:Header><wsa:RelatesTo> urn:uuid:1 </wsa:RelatesTo></e:Header><e:Body><e:Fault>
      <e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value xmlns:w="urn:w">w:FailedAuthentication</e:Value></e:Subcode></e:Code>
      <e:Reason><e:Text xml:lang="fr">Certificat refusé</e:Text><e:Text xml:lang="en">no</e:Text></e:Reason>
      <e:Detail><x:codeRetour xmlns:x="urn:x">DMP_42</x:codeRetour></e:Detail></e:Fault></e:Body></e:Envelope>`;
    expect(readSoap(Buffer.from(fault)).message).toEqual({
      action: '', relatesTo: 'urn:uuid:1', body: `{${soap}}Fault`,
      fault: { code: 'Sender', subcodes: ['FailedAuthentication'], reason: 'Certificat refusé', detail: '<x:codeRetour xmlns:x="urn:x">DMP_42</x:codeRetour>' },
    });
  });

  test.each([
    ['soap.dtd', `<!DOCTYPE x><e:Envelope xmlns:e="${soap}"/>`],
    ['soap.envelope', '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"/>'],
    ['soap.envelope', '<html><body>502</body></html>'],
    ['soap.not-well-formed', `<e:Envelope xmlns:e="${soap}"><e:Body>`],
    ['soap.not-well-formed', Buffer.from([0xff, 0xfe, 0x3c])],
    ['soap.limits', `<e:Envelope xmlns:e="${soap}"><e:Body>${'<a>'.repeat(300)}`],
  ])('%s', (code, xml) => { expect(readSoap(Buffer.from(xml)).wrong?.code).toBe(code); });
});

describe('content types', () => {
  test('parameters in quotes or without, in any order', () => {
    const { type, parameters } = readContentType('Multipart/Related; boundary="a\\"b;c" ; START=<r@x>;type="application/xop+xml"');
    expect([type, Object.fromEntries(parameters)]).toEqual(['multipart/related', { boundary: 'a"b;c', start: '<r@x>', type: 'application/xop+xml' }]);
    expect(soapContentType('urn:a')).toBe('application/soap+xml; charset=UTF-8; action="urn:a"');
  });

  test('an answer is SOAP alone or MTOM; anything else is not read', () => {
    expect(receiving('text/html; charset=utf-8')).toBeNull();
    expect(receiving('multipart/related; type="application/xop+xml"')).toBeNull();
    const plain = receiving('application/soap+xml; charset=utf-8', { maxBytes: 4, maxParts: 1, maxHeaderBytes: 10 });
    plain?.write(Buffer.from('abc'));
    expect(Buffer.from(plain?.end().root ?? []).toString()).toBe('abc');
    plain?.write(Buffer.from('de'));
    expect(plain?.end().wrong?.code).toBe('soap.limits');
  });
});
