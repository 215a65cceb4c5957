import type { ObservationReferenceRange, Quantity } from '@medplum/fhirtypes';
import { numberOf, type Unit } from './quantity.ts';

/** The unit of the value is that of its range. */
const unitAs = (value: Quantity | undefined): Unit => value?.unit === undefined ? {} :
  { unit: value.unit, ...(value.system === undefined || value.code === undefined ? {} : { system: value.system, code: value.code }) };

const number = '[+-]?\\d+(?:\\.\\d+)?';
const between = new RegExp(`^[\\[(]?\\s*(${number})\\s*(?:-|–|à|;|to)\\s*(${number})\\s*[\\])]?$`);
const oneSided = new RegExp(`^(<=|>=|<|>|≤|≥)\\s*(${number})$`);

/**
 * OBX-7 as a reference range: always its text; low and high too when it is plainly `low-high`, or one bound. A bound that is
 * not reached (`<5`) is written like one that is: FHIR's range is inclusive, and the text beside it has the sign.
 */
export function referenceRange(text: string, value: Quantity | undefined): ObservationReferenceRange {
  const made: ObservationReferenceRange = {}, unit = unitAs(value);
  const limit = (bound: string | undefined): Quantity | null => {
    const limit = value && bound !== undefined ? numberOf(bound) : null;
    return limit === null ? null : { value: limit, ...unit };
  };
  const both = between.exec(text), one = both ? null : oneSided.exec(text);
  const upper = one && (one[1] === '<' || one[1] === '<=' || one[1] === '≤');
  const low = limit(both ? both[1] : one && !upper ? one[2] : undefined), high = limit(both ? both[2] : one && upper ? one[2] : undefined);
  if (low && high && Number(low.value) > Number(high.value)) return { text };
  if (low) made.low = low;
  if (high) made.high = high;
  made.text = text;
  return made;
}
