import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { readHl7 } from './read.ts';
import { spansOf } from './spans.ts';

const of = (text: string) => spansOf(readHl7(Buffer.from(text, 'utf8')));

describe('where places stand in the text', () => {
  test('fields, repetitions, components and subcomponents, as findings name them', () => {
    const { text, spans } = of('MSH|^~\\&|SIL|LABO|||||ORU^R01|1|P|2.5|||||FRA|UNICODE UTF-8\rPID|1||12^^^A&1.2&ISO^PI~34||É\\T\\B^C\r\nOBX|1||a\rOBX|2||b\r');
    const at = (place: string) => spans.filter((one) => one.place === place).map(({ start, end }) => text.slice(start, end));
    expect([at('MSH-3'), at('MSH-9-2'), at('PID-3(1)-4-2'), at('PID-3(2)'), at('PID-5-1'), at('OBX[2]-3'), at('OBX[2]'), at('MSH-2')]).toEqual([['SIL'], ['R01'], ['1.2'], ['34'], ['É\\T\\B'], ['b'], ['OBX|2||b'], []]);
    expect(spans.find(({ place }) => place === 'PID-5-1')?.text).toBe('É&B');
    expect(spans.find(({ place }) => place === 'PID-3(1)')?.text).toBeNull();
  });

  test('in another character set too', () => {
    const { text, spans } = spansOf(readHl7(readFileSync(new URL('../../../fixtures/hl7v2/oru-r01/latin-9/in.hl7', import.meta.url))));
    expect(text).not.toContain('\ufffd');
    expect(spans.length).toBeGreaterThan(20);
  });

  test('whatever the bytes: inside the text, in order, outer ones holding inner ones', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('MSH|^~\\&|A', 'PID', 'OBX', '|', '^', '~', '&', '\\', '\r', '\n', 'é', 'x', '1'), { maxLength: 60 }), (pieces) => {
      const { text, spans } = of(`MSH|^~\\&|A\r${pieces.join('')}`);
      for (const { start, end } of spans) expect(start >= 0 && start <= end && end <= text.length).toBe(true);
      const segments = spans.filter(({ place }) => !place.includes('-'));
      for (const one of spans) expect(segments.some(({ place, start, end }) => one.place.startsWith(place) && start <= one.start && one.end <= end)).toBe(true);
    }));
  });
});
