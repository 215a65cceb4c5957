import { catalogue } from '../domain/catalogue.ts';
import { say, type Finding, type Language } from '../domain/finding.ts';
import type { Planned } from '../planner.ts';
import { converted } from './judge.ts';

/** The contract's shape of a finding (design.md §6): text and advice in the reader's language, the rest as it is. */
export const shownFinding = (found: Finding, language: Language): Omit<Finding, 'args'> & { advice: string } => {
  const { text, advice } = say(found, language);
  return { severity: found.severity, code: found.code, location: found.location, text, spec: found.spec, advice };
};

/** ERR of the acknowledgement, in parts. */
const ackErrors = (findings: readonly Finding[], language: Language) => findings.filter((one) => one.severity === 'error').map((one) => {
  const { hl7 } = catalogue[one.code];
  return { code: one.code, location: one.location, err3: hl7?.err3 ?? 207, err5: hl7?.err5 ?? null, text: say(one, language).text };
});

/** What `check` says of one message. */
export function shownCheck({ understood, outcome, plan }: Planned, language: Language) {
  const { identified } = understood.reading;
  const { identity } = outcome;
  return {
    format: identified.format, messageType: identified.type, controlId: identified.controlId,
    ack: outcome.ack === null ? null : { code: outcome.ack, errors: ackErrors(outcome.findings, language) },
    identity: identity === null ? null : { matriculeIns: identity.ins?.matricule ?? null, oid: identity.ins?.oid ?? null, status: identity.statuses[0] ?? null, qualified: identity.qualified },
    deliveries: plan.deliveries.map(({ destination, system, action, state, reason, headers, recipient }) => ({ destination, system, action, state, recipient, reason: { code: reason.code, text: say({ severity: 'information', code: reason.code, location: '', text: '', spec: '', args: reason.args ?? [] }, language).text }, headers })),
    findings: outcome.findings.map((one) => shownFinding(one, language)), loss: outcome.losses,
    facts: outcome.facts.map(({ keys: _keys, ...fact }) => fact),
  };
}

/** What `convert` says of one message. */
export function shownConversion(planned: Planned, language: Language) {
  const { format, messageType, bundle, findings, loss } = converted(planned);
  return { format, messageType, bundle, findings: findings.map((one) => shownFinding(one, language)), loss };
}
