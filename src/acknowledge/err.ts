import { catalogue } from '../domain/catalogue.ts';
import type { Severity } from '../domain/fault.ts';
import { say, type Finding } from '../domain/finding.ts';
import { segment, type NewSegment } from '../formats/hl7v2/write.ts';
import { applicationError, applicationErrorCondition, messageErrorCondition, otherApplicationError } from './conditions.ts';

const place = /^([A-Z][A-Z0-9]{2})(?:\[(\d+)\])?(?:-(\d+)(?:\((\d+)\))?(?:-(\d+)(?:-(\d+))?)?)?(?![A-Za-z0-9])/;

/**
 * A finding's place as an ERL (HL7 v2.5 §2.A.28): segment, its rank, field, repetition, component, subcomponent.
 * `PID-3(2)-4-2` is PID^1^3^2^4^2; what is no place of the message (an XPath, a line number) has none.
 */
export function errorLocation(location: string): readonly string[] {
  const match = place.exec(location);
  if (match === null) return [];
  const [, name = '', rank = '1', field = '', repetition = '', component = '', subcomponent = ''] = match;
  return [name, rank, field, repetition === '' && component !== '' ? '1' : repetition, component, subcomponent];
}

const letters: Readonly<Record<Severity, string>> = { error: 'E', warning: 'W', information: 'I' };

/** ERR-8 is a TX of 250 characters at most (HL7 v2.5 §2.15.5.8). */
const longest = 250;

/** One finding as an ERR segment. Texts hold places, never a patient's value (invariant 10). */
export function errSegment(found: Finding): NewSegment {
  const { hl7 } = catalogue[found.code];
  const err3 = hl7?.err3 ?? applicationError;
  const { text, advice } = say(found, 'fr');
  return segment('ERR', {
    2: errorLocation(found.location), 3: messageErrorCondition(err3), 4: letters[found.severity],
    // ERR-5 only with 207 (CI-SIS LPS 1.1, note 2).
    ...(err3 === applicationError ? { 5: applicationErrorCondition(hl7?.err5 ?? otherApplicationError) } : {}),
    7: found.code, 8: `${text} ${advice}`.slice(0, longest),
  });
}
