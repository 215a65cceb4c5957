import { describe, expect, it } from '@jest/globals';
import type { Observation } from '@medplum/fhirtypes';
import { ofLines } from '../../test/normalize/fixture.ts';

/** The only result of a message: OBX-2, 5, 6, 11; and what is told of it. */
function result(type: string, value: string, unit: string, status = 'F'): { observation: Observation | undefined; codes: readonly string[]; losses: readonly string[] } {
  const made = ofLines('MSH|^~\\&|APP|LABO|PASSERELLE|REGION|20261122083000||ORU^R01^ORU_R01|C1|P|2.5|||||FRA|UNICODE UTF-8', 'PID|1||42^^^LABO&1.2.3.4&ISO^PI||ROUSSEAU^CLAIRE^^^^^L||19790328|F',
    'OBR|1|P1|F1|11502-2^Bio^LN|||20261122073000||||||||||||||||||F', `OBX|1|${type}|6690-2^Leucocytes^LN||${value}|${unit}|||||${status}`);
  const observation = made.bundle.entry?.flatMap(({ resource }) => (resource?.resourceType === 'Observation' ? [resource] : []))[0];
  return { observation, codes: made.findings.map(({ code, location, severity }) => `${severity} ${code} ${location}`), losses: made.losses.map(({ location }) => location) };
}

describe('a unit whose ^ was not escaped is not half a unit', () => {
  it.each([['10^9/L', '10^9/L'], ['10^12/L', '10^12/L'], ['x10^3/mm3', 'x10^3/mm3'], ['10^-3', '10^-3'], ['mL/min/1,73m^2', 'mL/min/1,73m^2'], ['/mm^3', '/mm^3']])('%s', (written, unit) => {
    expect(result('NM', '7.2', written)).toMatchObject({ observation: { valueQuantity: { value: 7.2, unit } }, codes: ['warning normalize.unit-in-two OBX-6'], losses: [] });
    expect(result('ST', '<7', written)).toMatchObject({ observation: { valueString: `<7 ${unit}` }, losses: [] });
  });
  it.each([['10\\S\\9/L', '10^9/L', []], ['G/L^giga par litre', 'G/L', ['OBX-6-2']], ['G/L^10', 'G/L', ['OBX-6-2']], ['/mm^par millimètre', '/mm', ['OBX-6-2']]])('%s is read as it was', (written, unit, losses) => {
    expect(result('NM', '7.2', written)).toMatchObject({ observation: { valueQuantity: { unit } }, codes: [], losses });
  });
});

describe('a preliminary result made final (OBX-11 = U)', () => {
  it('without its value is refused: the value already told would be lost', () => {
    expect(result('NM', '', '', 'U').codes).toEqual(['error normalize.value-not-sent-again OBX-5']);
  });
  it('with its value is final', () => {
    expect(result('NM', '7.2', 'G/L', 'U')).toMatchObject({ observation: { status: 'final', valueQuantity: { value: 7.2 } }, codes: [] });
  });
});
