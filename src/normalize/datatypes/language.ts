import type { CodeableConcept } from '@medplum/fhirtypes';
import { v2 } from '../tables/urls.ts';
import type { Part } from '../tracked.ts';
import { concept } from './cwe.ts';

const bcp47 = 'urn:ietf:bcp:47';

/** A language as BCP 47 names it: ISO 639-2 letters that have a shorter name get it (`FRA` is `fr`, RFC 5646 §2.2.1). '' when it is no tag. */
export function languageTag(text: string): string {
  try { return Intl.getCanonicalLocales(text)[0] ?? ''; } catch { return ''; }
}

/** PID-15: a BCP 47 code; what is no tag stays a code of table 0296, which each site fills. */
export function languageConcept(part: Part | null, facility: string): CodeableConcept | null {
  const made = concept(part, facility, bcp47);
  for (const coding of made?.coding ?? []) {
    if (coding.system !== bcp47 || coding.code === undefined) continue;
    const tag = languageTag(coding.code);
    if (tag === '') coding.system = v2('0296'); else coding.code = tag;
  }
  return made;
}

/** Languages that messages said they were in. */
const met = new Map<string, string>();

/** The same for the language of a message (MSH-19), which hardly ever changes: asking the engine for it costs as much as an OBX. */
export function messageLanguage(text: string): string {
  const known = met.get(text);
  if (known !== undefined) return known;
  if (met.size > 100) met.clear();
  const tag = languageTag(text);
  met.set(text, tag);
  return tag;
}
