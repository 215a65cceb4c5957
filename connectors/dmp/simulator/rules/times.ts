import { instant } from '../grammar.ts';
import { slot } from '../lot.ts';
import { family, hold, type Rule } from '../rule.ts';
import { each, past } from './each.ts';

const rule = family('times', 'ITI TF-3 §4.2.3.1.8 ; dmp.md §0.7', 'XDSRepositoryMetadataError');
const names = ['creationTime', 'serviceStartTime', 'serviceStopTime'];

export const timeRules: readonly Rule[] = [
  rule('times-required', 'creationTime et serviceStartTime sont là.', 'creationTime and serviceStartTime are there.', each(({ entry, at }) => names.slice(0, 2).filter((name) => !entry.slots.has(name)).map((name) => ({ at: `${at}.${name}` }))), { source: 'dmp.md §1.5' }),
  rule('times-utc', 'Les temps sont des chiffres UTC, sans décalage (aaaaMMjjHHmmss), et existent.', 'Times are UTC digits without offset (yyyyMMddHHmmss), and exist.',
    each(({ entry, at }) => names.filter((name) => entry.slots.has(name) && instant(slot(entry, name)) === null).map((name) => ({ at: `${at}.${name}`, extract: slot(entry, name) })))),
  rule('times-not-future', 'creationTime et serviceStartTime ne sont pas dans le futur.', 'creationTime and serviceStartTime are not in the future.',
    each(({ entry, at }, received) => names.slice(0, 2).filter((name) => !past(slot(entry, name), received)).map((name) => ({ at: `${at}.${name}`, extract: slot(entry, name) }))), { source: 'dmp.md §5.1' }),
  rule('times-order', 'serviceStartTime n’est pas après serviceStopTime.', 'serviceStartTime is not after serviceStopTime.',
    each(({ entry, at }) => { const start = instant(slot(entry, 'serviceStartTime')), stop = instant(slot(entry, 'serviceStopTime')); return hold(start === null || stop === null || start <= stop, `${at}.serviceStopTime`, slot(entry, 'serviceStopTime')); }), { source: 'dmp.md §1.5' }),
];
