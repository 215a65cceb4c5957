import { catalogue } from '../domain/catalogue.ts';
import { say, type Finding } from '../domain/finding.ts';

/** CDA has no acknowledgement of its own: over HTTP it is answered with a FHIR R4 OperationOutcome (JSON bytes). */
export function outcome(findings: readonly Finding[]): Uint8Array {
  const issues = findings.map((found) => {
    const { text, advice } = say(found, 'fr');
    return {
      severity: found.severity, code: (catalogue[found.code]).issue ?? 'processing', details: { coding: [{ code: found.code }], text },
      diagnostics: advice, ...(found.location === '' ? {} : { expression: [found.location] }),
    };
  });
  const none = { severity: 'information', code: 'informational', details: { text: 'Document accepté.' } };
  return Buffer.from(JSON.stringify({ resourceType: 'OperationOutcome', issue: issues.length === 0 ? [none] : issues }));
}
