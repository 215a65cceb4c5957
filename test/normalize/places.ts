/** One valued leaf of a message, and the message without it. */
export interface Leaf { readonly place: string; readonly segment: string; readonly field: number; readonly component: number; readonly sub: number; readonly value: string; readonly without: string }

/** Segments of a message, whatever its line ends. */
export const segmentsOf = (text: string): string[] => text.split(/\r\n|\r|\n/u).filter(line => line !== '');

/** Every valued place of a message with the usual separators, in the words of Finding.location. A document (long) is left alone. */
export function* leaves(lines: readonly string[]): Generator<Leaf> {
  const total = new Map<string, number>(), rank = new Map<string, number>();
  for (const line of lines) total.set(line.slice(0, 3), (total.get(line.slice(0, 3)) ?? 0) + 1);
  for (const [i, line] of lines.entries()) {
    const segment = line.slice(0, 3), fields = line.split('|');
    rank.set(segment, (rank.get(segment) ?? 0) + 1);
    const name = (total.get(segment) ?? 0) > 1 ? `${segment}[${rank.get(segment) ?? 1}]` : segment;
    for (const [f, field] of fields.entries()) {
      if (f === 0 || (segment === 'MSH' && f === 1)) continue;
      const number = segment === 'MSH' ? f + 1 : f, repetitions = field.split('~');
      for (const [r, repetition] of repetitions.entries()) for (const [c, component] of repetition.split('^').entries()) for (const [s, value] of component.split('&').entries()) {
        if (value === '' || value.length > 2000) continue;
        const components = repetition.split('^'), subs = component.split('&');
        const changed = repetitions.with(r, components.with(c, subs.with(s, '').join('&')).join('^')).join('~');
        yield {
          place: `${name}-${number}${repetitions.length > 1 ? `(${r + 1})` : ''}${components.length > 1 ? `-${c + 1}` : ''}${subs.length > 1 ? `-${s + 1}` : ''}`,
          segment, field: number, component: c + 1, sub: s + 1, value,
          without: lines.with(i, fields.with(f, changed).join('|')).join('\r') + '\r',
        };
      }
    }
  }
}
