import type { ConsentFact, DocumentFact, Fact, FactsAt, IdentityFact, MergeFact, MovementFact } from '../domain/fact.ts';
import { identityKey, isOnesOwn, type PatientIdentity } from '../domain/identity.ts';
import type { Source } from '../domain/message.ts';
import type { Hl7Message } from '../formats/hl7v2/model.ts';
import { readMerge } from './merge.ts';
import { People } from './people.ts';
import { documentKey, seriesOf, type Brought } from './series.ts';
import { toldConsent } from './told-consent.ts';

/** Identity management events (PAM ITI-30): their word corrects what was known, where any other message would contradict it. */
const identityEvents = new Set(['A28', 'A31', 'A40', 'A47']);

/**
 * What tells this person from others: an insured person's number (NH), which a family shares, does not.
 * @param source id of the source that brought the message
 */
export const identityKeys = (identity: PatientIdentity | null, source: string): string[] => {
  if (identity === null) return [];
  const ins = identity.ins === null ? [] : [identityKey({ type: 'INS', authority: identity.ins.oid, value: identity.ins.matricule }, source)];
  return [...ins, ...identity.identifiers.filter(isOnesOwn).map((one) => identityKey(one, source))];
};

/**
 * The establishments a message speaks for: the source's own setting and all who number the patient (PI), else MSH-4. All of
 * them, since another source may name the same establishment by one of them only.
 */
export function establishmentsOf(source: Source, identity: PatientIdentity | null, sendingFacility: string): string[] {
  const numbering = (identity?.identifiers ?? []).filter((one) => one.type === 'PI').map((one) => one.authority);
  const named = new Set([source.establishment ?? '', ...numbering].filter((one) => one !== ''));
  return named.size > 0 ? [...named] : sendingFacility === '' ? [] : [sendingFacility];
}

function identityFact(identity: PatientIdentity, event: string, source: string, known: FactsAt): IdentityFact[] {
  const keys = identityKeys(identity, source);
  if (keys.length === 0) return [];
  const people = new People(known);
  const byIdentityEvent = identityEvents.has(event);
  const fact: IdentityFact = { kind: 'identity', keys, birthDate: identity.birthDate, sex: identity.sex, statuses: identity.statuses, ...(byIdentityEvent ? { byIdentityEvent } : {}) };
  // A message that contradicts what is known teaches nothing; one that repeats it is not kept.
  return (!byIdentityEvent && people.contradiction(fact) !== null) || people.nothingNew(fact) ? [] : [fact];
}

function mergeFacts(message: Hl7Message, identity: PatientIdentity, source: string): MergeFact[] {
  const at = message.first('EVN').text(2);
  return readMerge(message, identity).merges.map(({ surviving, retired }) => ({ kind: 'merge', keys: [identityKey(surviving, source), identityKey(retired, source)], at: at === '' ? null : at }));
}

function consentFact(message: Hl7Message, keys: readonly string[], establishments: readonly string[]): ConsentFact[] {
  if (!message.has('ZFA') || keys.length === 0) return [];
  const { alimentation, consultation, at } = toldConsent(message);
  return alimentation === null && consultation === null ? [] : [{ kind: 'consent', keys, establishments, alimentation, consultation, at }];
}

function movementFacts(message: Hl7Message, event: string): MovementFact[] {
  const zbe = message.first('ZBE');
  const id = zbe.field(1).repetition(1);
  if (id.isEmpty) return [];
  const told = id.text(3) === '' ? id.text(2) : id.text(3);
  return [{ kind: 'movement', keys: [`MVT|${told}|${id.text(1)}`], event, action: zbe.text(4), historical: zbe.text(5) === 'Y', at: zbe.text(2) === '' ? null : zbe.text(2) }];
}

/** What an HL7 v2 message teaches beyond its documents. Consents and merges only come with ADT. */
export function learnFromHl7(message: Hl7Message, identity: PatientIdentity | null, source: Source, known: FactsAt): Fact[] {
  const [type, event] = [message.first('MSH').text(9, 1), message.first('MSH').text(9, 2)];
  if (identity === null) return [];
  if (type !== 'ADT') return identityFact(identity, event, source.id, known);
  const establishments = establishmentsOf(source, identity, message.first('MSH').text(4));
  // A merge before the identity that comes with it: what it forgets of the retired number is what was told earlier.
  return [...mergeFacts(message, identity, source.id), ...identityFact(identity, event, source.id, known), ...consentFact(message, identityKeys(identity, source.id), establishments), ...movementFacts(message, event)];
}

/** What an accepted document teaches: its id, bytes and place in its series, who brought it, of whom it is and from whom it is hidden. */
export function learnFromDocument({ uniqueId, sha1, replaces, hidden }: { uniqueId: string; sha1: string; replaces: string; hidden: readonly string[] | null }, action: DocumentFact['action'], by: Brought, known: FactsAt): DocumentFact {
  const parent = replaces === '' ? [] : [documentKey(replaces)];
  return { kind: 'document', keys: [documentKey(uniqueId), ...parent], uniqueId, sha1, action, series: seriesOf(known, uniqueId, replaces), ...by, ...(hidden === null ? {} : { hidden }) };
}
