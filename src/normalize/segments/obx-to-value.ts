import type { CodeableConcept, Observation, ObservationComponent } from '@medplum/fhirtypes';
import { finding } from '../../domain/finding.ts';
import type { Building } from '../building.ts';
import { concept } from '../datatypes/cwe.ts';
import { dateTime } from '../datatypes/date-time.ts';
import { isCut, numberOf, quantity, unitOf, type Unit } from '../datatypes/quantity.ts';
import type { Part, Tracked } from '../tracked.ts';

/** value[x] of an Observation or of a component. */
export type Value = Pick<Observation, 'valueQuantity' | 'valueString' | 'valueCodeableConcept' | 'valueRange' | 'valueRatio' | 'valueDateTime' | 'valueTime' | 'valuePeriod' | 'valueBoolean'>;

/** OBX-6, read when the value is a number that takes it: a unit nobody shows is a loss. */
function unitIn(building: Building, obx: Tracked): Unit {
  const part = obx.part(6);
  if (part !== null && isCut(part)) building.findings.push(finding('normalize.unit-in-two', obx.at(6)));
  return unitOf(part, building.facility);
}

const comparators = new Set(['<', '>', '<=', '>=']);
type Comparator = '<' | '>' | '<=' | '>=';

/** A value that is not what OBX-2 says keeps its words and its unit, and is never turned into a number (`7,2` may be 7.2, or 72). */
const asText = (text: string, obx: Tracked): Value => {
  const part = obx.part(6), unit = part === null ? '' : isCut(part) ? `${part.text(1)}^${part.text(2)}` : part.text(1) || part.text(2);
  return { valueString: unit === '' ? text : `${text} ${unit}` };
};

function number(building: Building, obx: Tracked, part: Part): Value {
  const text = part.text(1).trim();
  if (numberOf(text) !== null) { const made = quantity(text, unitIn(building, obx)); if (made) return { valueQuantity: made }; }
  building.findings.push(finding('normalize.value-type', obx.at(5), 'NM'));
  return asText(text, obx);
}

/** SN: comparator^number^separator^number (v2-to-fhir datatype-sn): a Quantity, a Range (`-`), a Ratio (`:` `/`), or the text. */
function structured(building: Building, obx: Tracked, part: Part): Value {
  const [sign, first, separator, second] = [part.text(1), part.text(2), part.text(3), part.text(4)];
  const low = numberOf(first), high = numberOf(second), plain = sign === '' || sign === '=';
  const one = low !== null && separator === '' && second === '' && (plain || comparators.has(sign)), two = low !== null && high !== null && plain && ['-', ':', '/'].includes(separator);
  const unit = one || two ? unitIn(building, obx) : {};
  if (one) {
    const made = plain ? quantity(first, unit) : quantity(first, unit, sign as Comparator);
    if (made) return { valueQuantity: made };
  }
  const a = two ? quantity(first, unit) : null, b = two ? quantity(second, unit) : null;
  if (a && b && separator === '-') return { valueRange: { low: a, high: b } };
  if (a && b) return { valueRatio: { numerator: a, denominator: b } };
  const text = [sign, first, separator, second].filter(piece => piece !== '').join(' ');
  // `<>`, `1+`, `2+` are correct SN with no better place in FHIR; a piece that should be a number and is not is a fault.
  if ((first !== '' && low === null) || (second !== '' && high === null)) building.findings.push(finding('normalize.value-type', obx.at(5), 'SN'));
  return asText(text, obx);
}

function time(building: Building, obx: Tracked, part: Part, type: string): Value {
  const text = part.text(1), at = dateTime(text, building.settings.source.timeZone);
  if (at !== '') return { valueDateTime: at };
  building.findings.push(finding('normalize.value-type', obx.at(5), type));
  return { valueString: text };
}

function clock(building: Building, obx: Tracked, part: Part): Value {
  const text = part.text(1), parts = /^([01]\d|2[0-3])([0-5]\d)?([0-5]\d)?(\.\d+)?$/.exec(text);
  if (parts) return { valueTime: `${parts[1] ?? '00'}:${parts[2] ?? '00'}:${parts[3] ?? '00'}${parts[4] ?? ''}` };
  building.findings.push(finding('normalize.value-type', obx.at(5), 'TM'));
  return { valueString: text };
}

function period(building: Building, obx: Tracked, part: Part): Value {
  const zone = building.settings.source.timeZone, [from, to] = [part.text(1), part.text(2)];
  const start = dateTime(from, zone), end = dateTime(to, zone);
  if ((start === '') !== (from === '') || (end === '') !== (to === '') || (start === '' && end === '')) {
    building.findings.push(finding('normalize.value-type', obx.at(5), 'DR'));
    return { valueString: [from, to].filter(text => text !== '').join(' - ') };
  }
  return { valuePeriod: { ...(start === '' ? {} : { start }), ...(end === '' ? {} : { end }) } };
}

function range(building: Building, obx: Tracked, part: Part): Value {
  const [from, to] = [part.text(1), part.text(2)];
  const numbers = (from === '' || numberOf(from) !== null) && (to === '' || numberOf(to) !== null), unit = numbers ? unitIn(building, obx) : {};
  const low = numbers ? quantity(from, unit) : null, high = numbers ? quantity(to, unit) : null;
  if (low ?? high) return { valueRange: { ...(low ? { low } : {}), ...(high ? { high } : {}) } };
  building.findings.push(finding('normalize.value-type', obx.at(5), 'NR'));
  return asText([from, to].filter(text => text !== '').join(' - '), obx);
}

/** CQ: a number and its own unit, a CE in subcomponents. */
function composite(building: Building, obx: Tracked, part: Part): Value {
  const text = part.text(1), unit = part.line(2), value = quantity(text, unit === '' ? {} : { unit });
  if (value) return { valueQuantity: value };
  building.findings.push(finding('normalize.value-type', obx.at(5), 'CQ'));
  return { valueString: part.all() };
}

function coded(building: Building, part: Part, system = ''): Value {
  const value = concept(part, building.facility, system);
  return value ? { valueCodeableConcept: value } : { valueString: part.all() };
}

/** One repetition of OBX-5 by the type in OBX-2 (v2-to-fhir segment-obx-to-observation). */
function obxValue(building: Building, obx: Tracked, part: Part): Value {
  const type = obx.peek(2);
  switch (type) {
    case 'NM': return number(building, obx, part);
    case 'SN': return structured(building, obx, part);
    case 'ST': case 'TX': case 'FT': case 'GTS': return asText(part.size > 1 ? part.all() : part.line(1), obx);
    case 'CE': case 'CWE': case 'CNE': case 'CF': case 'IS': case 'ID': return coded(building, part);
    case 'DT': case 'TS': case 'DTM': return time(building, obx, part, type);
    case 'TM': return clock(building, obx, part);
    case 'DR': return period(building, obx, part);
    case 'NR': return range(building, obx, part);
    case 'CQ': return composite(building, obx, part);
    case 'XPN': case 'XCN': case 'XAD': case 'XTN': case 'XON': case 'CX': case 'EI': case 'PN': case 'HD': case 'PL': return { valueString: part.all() };
    default:
      building.findings.push(finding('normalize.value-type-unknown', obx.at(2), type));
      return { valueString: part.all() };
  }
}

/** Texts are lines of one value. */
const isText = (type: string): boolean => type === 'ST' || type === 'TX' || type === 'FT';

/** OBX-5 of a text: its repetitions are lines. */
export const textOf = (obx: Tracked): string => obx.parts(5).map(part => part.size > 1 ? part.all() : part.line(1)).join('\n');

/**
 * value[x] of the whole field. Repetitions of a text are its lines; repetitions of anything else are components under the
 * same code, as FHIR has one value an Observation.
 */
export function putValue(building: Building, observation: Observation, obx: Tracked, code: CodeableConcept): void {
  const parts = obx.parts(5), [first] = parts;
  if (!first) return;
  if (parts.length === 1) Object.assign(observation, obxValue(building, obx, first));
  else if (isText(obx.peek(2))) observation.valueString = textOf(obx);
  else observation.component = parts.map((part): ObservationComponent => ({ code, ...obxValue(building, obx, part) }));
}
