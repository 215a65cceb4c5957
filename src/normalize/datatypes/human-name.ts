import type { HumanName } from '@medplum/fhirtypes';
import { put } from '../put.ts';
import { extensions } from '../tables/urls.ts';
import type { Part } from '../tracked.ts';
import { periodIn } from './identifier.ts';

/** PAM France XPN.7: L birth name, D name in use, S pseudonym, U not said; M (older senders) is the maiden name. */
const uses: Readonly<Record<string, NonNullable<HumanName['use']>>> = { L: 'official', D: 'usual', S: 'anonymous', M: 'maiden', N: 'nickname' };

/**
 * XPN of a patient, by PAM France: in the birth name (L) XPN.2 is the first birth given name and XPN.3 the list of all of
 * them (FR Core extension birth-list-given-name); elsewhere XPN.3 is further given names.
 */
export function xpn(part: Part, zone: string): HumanName | null {
  const made: HumanName = {};
  const type = part.text(7);
  put(made, 'use', uses[type]);
  const list = part.text(3);
  if (type === 'L' && list !== '') made.extension = [{ url: extensions.birthGivenNames, valueString: list }];
  put(made, 'family', part.line(1));
  const given = [part.text(2), ...(type === 'L' ? [] : [list])].filter(name => name !== '');
  if (given.length > 0) made.given = given;
  const prefix = part.text(5), suffix = [part.text(4), part.text(6), part.text(14)].filter(text => text !== '');
  if (prefix !== '') made.prefix = [prefix];
  if (suffix.length > 0) made.suffix = suffix;
  if (part.size > 11) put(made, 'period', periodIn(part, 12, zone));
  return made.family ?? made.given ? made : null;
}
