import { readdirSync, readFileSync } from 'node:fs';
import { normalize } from '../../src/normalize/normalize.ts';
import type { Normalized, NormalizeSettings } from '../../src/normalize/normalized.ts';
import { read } from '../../src/normalize/read.ts';
import { readOrder } from '../../src/normalize/volet/read-order.ts';

export const folder = new URL('../../fixtures/hl7v2/', import.meta.url);
/** Families whose cases have an expected Bundle; `volet` has its own tests. */
const families = ['oru-r01', 'mdm-t02', 'adt'];

/** `oru-r01/haematology`, … */
export const cases: readonly string[] = families.flatMap(family => readdirSync(new URL(`${family}/`, folder)).sort().map(name => `${family}/${name}`));

export const settings: NormalizeSettings = {
  trace: '00000000-0000-4000-8000-000000000001', receivedAt: Date.UTC(2026, 10, 22, 10),
  source: { id: 'fixtures', timeZone: 'Europe/Paris', strictness: 'tolerant', answersTo: null, establishment: null },
};

/** The pure stages up to normalize, as the pipeline runs them. */
export function normalized(bytes: Uint8Array, over: Partial<NormalizeSettings> = {}): Normalized {
  const reading = read(bytes, { timeZone: settings.source.timeZone });
  const order = reading.format === 'hl7v2' ? readOrder(reading.message, reading.documents, reading.identified) : null;
  return normalize(reading, order, { ...settings, ...over });
}

export const bytesOf = (name: string): Buffer => readFileSync(new URL(`${name}/in.hl7`, folder));

/** A message of our own words: lines become segments. */
export const ofLines = (...lines: string[]): Normalized => normalized(Buffer.from(`${lines.join('\r')}\r`));

/** What is compared with the expected files of a case. */
export const parts = { 'expected.bundle.json': 'bundle', 'expected.findings.json': 'findings', 'expected.loss.json': 'losses' } as const;
export const written = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
