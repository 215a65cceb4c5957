import { auditList, auditVerify } from '../api/contract/audit.ts';
import { serve, type Served } from '../api/served.ts';
import type { Audit } from './audit.ts';

export function auditHandlers(audit: Audit): Served[] {
  return [
    serve(auditList, ({ query: { limit = 100, ...filter } }) => { const { rows, next } = audit.list(filter, limit); return { rows: [...rows], next }; }),
    serve(auditVerify, () => audit.verify()),
  ];
}
