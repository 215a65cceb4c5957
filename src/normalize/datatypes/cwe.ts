import type { CodeableConcept, Coding } from '@medplum/fhirtypes';
import { finding } from '../../domain/finding.ts';
import type { Building } from '../building.ts';
import { deleted } from '../put.ts';
import { codeSystem, tableSystem } from '../tables/code-systems.ts';
import type { Part, Tracked } from '../tracked.ts';

function coding(part: Part, at: number, version: number, facility: string, system: string): Coding | null {
  const code = part.text(at);
  if (code === '') return null;
  const display = part.text(at + 1), name = part.text(at + 2);
  const made: Coding = {};
  const named = tableSystem(name === '' ? system : codeSystem(name, facility), code, facility);
  if (named !== '') made.system = named;
  const edition = part.text(version);
  if (edition !== '') made.version = edition;
  made.code = code;
  if (display !== '') made.display = display;
  return made;
}

/**
 * CE, CWE, CNE or IS as a CodeableConcept: main and alternate code as codings, original text as text
 * (v2-to-fhir datatype-cwe-to-codeableconcept). `system` is the table's, for a code sent without one.
 * Null when there is nothing in it.
 */
export function concept(part: Part | null, facility: string, system = ''): CodeableConcept | null {
  if (!part) return null;
  const made: CodeableConcept = {};
  const main = coding(part, 1, 7, facility, system), simple = part.size <= 3;
  const alternate = simple ? null : coding(part, 4, 8, facility, '');
  if (main && alternate) made.coding = [main, alternate];
  else if (main) made.coding = [main];
  else if (alternate) made.coding = [alternate];
  // A text without code is a text; a code's own text is its display.
  const text = (simple ? '' : part.text(9)) || (main ? '' : part.text(2));
  if (text !== '') made.text = text;
  return made.coding ?? made.text ? made : null;
}

/** The code of what was examined or found (OBR-4, OBX-3), which a result cannot do without. */
export function codeOf(building: Building, segment: Tracked, n: number): CodeableConcept {
  const made = concept(segment.part(n), building.facility);
  if (made) return made;
  building.findings.push(finding('normalize.missing-code', segment.at(n)));
  return deleted();
}
