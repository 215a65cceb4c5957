import type { PlannedDelivery } from '../../src/domain/delivery.ts';
import type { NewMessage, NewPlan, Outcome } from '../../src/journal/journal.ts';

/** Messages, plans and deliveries for tests of the journal; fictive. */
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (given: Uint8Array | null | undefined): string | null => given === null || given === undefined ? null : Buffer.from(given).toString();

export const newMessage = (controlId: string, more: Partial<NewMessage> = {}): NewMessage => ({
  trace: crypto.randomUUID(), source: 'labo', receivedAt: 1_000, bytes: bytes(`MSH|^~\\&|LABO|${controlId}`), contentDigest: bytes(`digest of ${controlId}`),
  identified: { format: 'hl7v2', type: 'ORU^R01', sender: 'LABO|EXEMPLE', controlId, charset: '', processing: 'P', enhanced: false }, ...more,
});

export const delivery = (more: Partial<PlannedDelivery> = {}): PlannedDelivery => ({
  destination: 'region', system: 'regional', action: 'submit', state: 'planned', reason: { code: 'journal.repeat' }, recipient: null, headers: { url: '/Bundle' }, series: [],
  gate: { identities: ['ID|1.2|42'], birthDate: '1950-01-01', sex: 'female', qualified: false, messageQualified: false, dmpConsentOf: null, test: false, after: [] },
  content: { n: 1 }, envelope: { steps: [{ name: 'transaction', meta: { method: 'POST' }, body: [bytes('{"resourceType":"Bundle"}')] }] }, deadline: null, ...more,
});

export const newPlan = (more: Partial<NewPlan> = {}): NewPlan => ({
  disposition: 'planned', ack: { code: 'AA', bytes: bytes('MSA|AA') }, bundle: bytes('{"resourceType":"Bundle"}'), record: bytes('{"findings":[]}'), plannedAt: 2_000, facts: [],
  factsUpTo: 0, identities: ['ID|1.2|42'], keys: [], deliveries: [delivery()], settlements: [], documents: new Map(), ...more,
});
export const rejected = (): NewPlan => newPlan({ disposition: 'rejected', ack: { code: 'AE', bytes: bytes('MSA|AE') }, deliveries: [] });

export const delivered = (at = 5_000): Outcome => ({ at, receipt: { kind: 'delivered', remoteId: 'Bundle/1' }, next: { state: 'delivered' }, reason: 'deliver.ok' });
export const submitted = (correlation: string, deadline = 9_000): Outcome => ({ at: 5_000, receipt: { kind: 'submitted', correlation, deadline }, next: { state: 'submitted' }, reason: 'deliver.submitted' });
export const again = (notBefore: number, inDoubt: boolean): Outcome => ({
  at: 5_000, receipt: inDoubt ? { kind: 'unknown', fault: 'journal.io', raw: 'peer said DUPONT' } : { kind: 'busy', fault: 'journal.io' }, next: { state: 'waiting', notBefore, inDoubt }, reason: 'journal.io',
});
