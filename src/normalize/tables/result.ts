import type { DiagnosticReport, Observation, ServiceRequest } from '@medplum/fhirtypes';
import { v3 } from './urls.ts';

/**
 * Table 0085 → observation-status (v2-to-fhir ObservationResultStatusCodesInterpretation, completed where it is silent).
 * A status we do not know must never read as final.
 */
export const observationStatuses: Readonly<Record<string, Observation['status']>> = {
  F: 'final', U: 'final', C: 'corrected', A: 'amended', B: 'amended', P: 'preliminary', R: 'preliminary', S: 'preliminary', V: 'final',
  I: 'registered', O: 'registered', N: 'final', X: 'cancelled', D: 'entered-in-error', W: 'entered-in-error',
};

/** Table 0123 → diagnostic-report-status. */
export const reportStatuses: Readonly<Record<string, DiagnosticReport['status']>> = {
  F: 'final', C: 'corrected', P: 'preliminary', A: 'partial', R: 'partial', M: 'partial', N: 'registered', O: 'registered', I: 'registered', S: 'registered', X: 'cancelled',
};

/** Table 0038 → request-status. */
export const orderStatuses: Readonly<Record<string, ServiceRequest['status']>> = {
  CA: 'revoked', CM: 'completed', DC: 'revoked', ER: 'entered-in-error', HD: 'on-hold', IP: 'active', RP: 'revoked', SC: 'active', A: 'active',
};

/** Table 0119 → request-status, for orders whose ORC-5 says nothing. */
export const controlStatuses: Readonly<Record<string, ServiceRequest['status']>> = {
  NW: 'active', RO: 'active', CA: 'revoked', CR: 'revoked', DC: 'revoked', DR: 'revoked', OC: 'revoked', OD: 'revoked', HD: 'on-hold', HR: 'on-hold', OH: 'on-hold', OK: 'active', XO: 'active',
};

/** Tables 0485 and 0027 → request-priority. */
export const priorities: Readonly<Record<string, NonNullable<ServiceRequest['priority']>>> = { S: 'stat', A: 'asap', R: 'routine', U: 'urgent' };

/** Table 0078 codes that v3-ObservationInterpretation has too; the others stay under table 0078. */
const shared = new Set(['L', 'H', 'LL', 'HH', 'N', 'A', 'AA', 'U', 'D', 'B', 'W', 'S', 'I', 'R', 'MS', 'VS', 'POS', 'NEG', 'IND', 'DET', 'ND', 'HU', 'LU', 'E', 'EX', 'HX', 'LX', 'RR', 'WR', 'NR', 'SDD', 'SYN-R', 'SYN-S', 'NS', 'OBX', 'CAR', 'NCL', 'TOX', '<', '>']);
export const interpretationSystem = (code: string): string => shared.has(code) ? v3('ObservationInterpretation') : 'http://terminology.hl7.org/CodeSystem/v2-0078';
