import { finding, type Finding } from '../domain/finding.ts';
import { isInsOid, type InsOid, type PatientIdentifier, type PatientIdentity } from '../domain/identity.ts';
import { matriculeFault } from './matricule.ts';

/** INS calculated from traits (before 2019), which nothing must rely on any more. */
const insCOid = '1.2.250.1.213.1.4.2';
/** Types a sender may give to an INS besides `INS`, without doubt on what is meant (FR Core fr-core-cs-v2-0203). */
const insTypes = new Set(['INS', 'INS-NIR', 'INS-NIA', 'INS-NIR-TEST', 'INS-NIR-DEMO']);

/** An identifier as a message states it; `ended` when its validity is over (CX-8 before the message's own date). */
export interface Claim extends PatientIdentifier { readonly ended: boolean }

/**
 * `ins`: a current INS; `old-ins`: one that has ended; `ignored`: nothing may be made of it; `local`: any other identifier.
 * An insured person's number (NH) is never an INS, even under the NIR's OID: it may be that of a parent.
 */
export function claimKind(claim: Claim): 'ins' | 'old-ins' | 'ignored' | 'local' {
  if (claim.type === 'INS-C' || claim.authority === insCOid) return 'ignored';
  if (isInsOid(claim.authority) && claim.type !== 'NH') return claim.ended ? 'old-ins' : 'ins';
  return insTypes.has(claim.type) ? 'ignored' : 'local';
}

/** Component of a CX; an id of a CDA is one place. */
const part = (claim: Claim, component: number) => claim.place.includes('/') ? claim.place : `${claim.place}-${component}`;

function claimFindings(claim: Claim): Finding[] {
  if (claim.type === 'INS-C' || claim.authority === insCOid) return [finding('identity.ins-c', claim.place)];
  const kind = claimKind(claim);
  if (kind === 'ignored') return [finding('identity.ins-authority', part(claim, 4))];
  if (kind === 'local') return claim.authority === '' ? [finding('identity.no-authority', part(claim, 4))] : [];
  const fault = matriculeFault(claim.value);
  return [
    ...(fault ? [finding(fault, part(claim, 1))] : []),
    ...(claim.type !== '' && !insTypes.has(claim.type) ? [finding('identity.ins-type', part(claim, 5))] : []),
  ];
}

/** Two current internal identifiers of one authority that differ: the sender itself does not know who this is. */
function localContradictions(locals: readonly Claim[]): Finding[] {
  const seen = new Map<string, string>();
  const found: Finding[] = [];
  for (const { type, authority, value, place, ended } of locals) {
    if (type !== 'PI' || authority === '' || ended) continue;
    if ((seen.get(authority) ?? value) !== value) found.push(finding('identity.identifier-contradiction', place));
    seen.set(authority, value);
  }
  return found;
}

/**
 * Sorts what a message or a CDA claims about its patient into one INS and other identifiers, by authority and never by
 * position (invariant 9). A contradiction or a false matricule leaves `ins` null, so that nothing can be sent by it.
 */
export function settleClaims(claims: readonly Claim[]): Pick<PatientIdentity, 'ins' | 'identifiers'> & { readonly findings: readonly Finding[] } {
  const findings = claims.flatMap(claimFindings);
  const current = claims.filter(claim => claimKind(claim) === 'ins');
  const locals = claims.filter(claim => claimKind(claim) === 'local');
  const [first, ...others] = current;
  const clash = others.find(other => other.value !== first?.value || other.authority !== first.authority);
  if (clash) findings.push(finding('identity.ins-contradiction', clash.place));
  findings.push(...localContradictions(locals));
  const usable = first && !clash && matriculeFault(first.value) === null;
  return {
    ins: usable ? { matricule: first.value, oid: first.authority as InsOid, place: first.place } : null,
    identifiers: locals.filter(local => !local.ended).map(({ type, value, authority, place }) => ({ type, value, authority, place })),
    findings,
  };
}
