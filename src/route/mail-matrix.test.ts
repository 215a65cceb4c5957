import { describe, expect, it } from '@jest/globals';
import type { Flags } from '../normalize/volet/order.ts';
import { mailDecision } from './mail-matrix.ts';

const names = ['maskedToProfessionals', 'invisibleToPatient', 'invisibleToRepresentatives', 'secretConnection', 'toDmp', 'toProfessionals', 'toPatient'] as const;
const every: Flags[] = Array.from({ length: 128 }, (_, bits) => ({
  ...Object.fromEntries(names.map((name, i) => [name, (bits >> i & 1) === 1])) as Record<(typeof names)[number], boolean>, modifiesConfidentiality: null, ackReception: null, ackReading: null,
}));
/** The published table, read again from its text: rows of allowed combinations. */
const allowed = (f: Flags): boolean =>
  (!f.maskedToProfessionals && !f.invisibleToPatient && !f.invisibleToRepresentatives && f.toProfessionals === true && f.toPatient === true)
  || (!f.maskedToProfessionals && f.invisibleToPatient === true && !f.invisibleToRepresentatives && f.toProfessionals === true && !f.toPatient)
  || (!f.invisibleToPatient && !f.secretConnection && !f.toDmp && !f.toProfessionals && f.toPatient === true);

describe('mail matrix, all 128 combinations', () => {
  it('asks nothing of a message without mail', () => {
    for (const flags of every.filter((one) => !one.toProfessionals && !one.toPatient)) expect(mailDecision(flags, 'strict', 'x')).toEqual({ professionals: false, patient: false, findings: [] });
  });
  it('follows the flags inside the table', () => {
    for (const flags of every.filter(allowed)) expect(mailDecision(flags, 'strict', 'x')).toEqual({ professionals: flags.toProfessionals, patient: flags.toPatient, findings: [] });
  });
  it('strict rejects everything outside it', () => {
    for (const flags of every.filter((one) => (one.toProfessionals ?? false) || (one.toPatient ?? false)).filter((one) => !allowed(one))) {
      const decision = mailDecision(flags, 'strict', 'x');
      expect(decision.findings.map((one) => [one.code, one.severity])).toEqual([['route.mail-matrix', 'error']]);
      expect([decision.professionals, decision.patient]).toEqual([false, false]);
    }
  });
  it('tolerant warns and never mails a patient from whom the document is hidden', () => {
    for (const flags of every.filter((one) => (one.toProfessionals ?? false) || (one.toPatient ?? false)).filter((one) => !allowed(one))) {
      const decision = mailDecision(flags, 'tolerant', 'x');
      expect(decision.findings[0]?.code).toBe('route.mail-matrix');
      expect(decision.findings.every((one) => one.severity === 'warning')).toBe(true);
      expect(decision.professionals).toBe(flags.toProfessionals);
      if (flags.invisibleToPatient || flags.invisibleToRepresentatives || flags.secretConnection) expect(decision.patient).toBe(false);
    }
  });
  it('INVISIBLE_PATIENT never mails the patient, in either mode', () => {
    for (const flags of every.filter((one) => one.invisibleToPatient)) for (const mode of ['tolerant', 'strict'] as const) expect(mailDecision(flags, mode, 'x').patient).toBe(false);
  });
});
