import { expect, it } from '@jest/globals';
import { bytes, duration, fromLocalInput, localInput, percent } from '../../src/operate/console/app/words/format.ts';
import { eventsOf } from '../../src/operate/console/app/api/events.ts';
import { withQuery } from '../../src/operate/console/app/api/address.ts';

it.each([[0, '0 ms'], [12.4, '12 ms'], [3.25, '3,3 ms'], [1800, '1,8 s'], [59_000, '59 s'], [720_000, '12 min'], [11_100_000, '3 h 05'], [93_600_000, '1 j 2 h'], [86_400_000, '1 j']])('%d ms is read %s', (ms, text) => { expect(duration(ms, 'fr')).toBe(text); });
it('days are English days', () => { expect(duration(93_600_000, 'en')).toBe('1 d 2 h'); });
it.each([[999, '999 o'], [3100, '3,1 ko'], [1_200_000, '1,2 Mo']])('%d bytes are read %s', (size, text) => { expect(bytes(size, 'fr')).toBe(text); });
it('shares', () => { expect(percent(0.954, 'en')).toBe('95.4%'); });
it('a moment chosen in a field is that moment again, in any time zone', () => {
  const at = new Date(2026, 10, 22, 8, 30).getTime();
  expect(localInput(at)).toBe('2026-11-22T08:30');
  expect(fromLocalInput(localInput(at))).toBe(at);
  expect([fromLocalInput(''), fromLocalInput('hier'), localInput(undefined)]).toEqual([undefined, undefined, '']);
});
it('an address has only the filters that are given', () => {
  expect(withQuery('/api/messages', { source: 'labo & co', cursor: undefined, type: '', from: 0 })).toBe('/api/messages?source=labo+%26+co&from=0');
  expect(withQuery('/api/messages')).toBe('/api/messages');
});
it('events are read whole, wherever the stream is cut', () => {
  const text = 'data: {"a":1}\n\n:\n\ndata: {}\r\n\r\ndata: {"b":\ndata: 2}\n\n';
  for (let cut = 0; cut <= text.length; cut++) {
    const read = eventsOf();
    expect([...read(text.slice(0, cut)), ...read(text.slice(cut))]).toEqual(['{"a":1}', '{}', '{"b":\n2}']);
  }
});
