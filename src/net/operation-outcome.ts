import { catalogue, type FaultCode } from '../domain/catalogue.ts';
import type { FaultEntry } from '../domain/fault.ts';
import { finding, say } from '../domain/finding.ts';

/** A fault as a FHIR R4 OperationOutcome, JSON text: French and English, for peers whose format has no acknowledgement of its own. */
export function operationOutcome(fault: FaultCode, detail = ''): string {
  const entry: FaultEntry = catalogue[fault];
  const found = finding(fault, '', detail);
  const fr = say(found, 'fr'), en = say(found, 'en');
  return JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: [{ severity: entry.severity, code: entry.issue ?? 'processing', details: { coding: [{ code: fault }], text: `${fr.text} ${fr.advice}` }, diagnostics: `${en.text} ${en.advice}` }],
  });
}
