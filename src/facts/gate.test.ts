import { describe, expect, it } from '@jest/globals';
import type { GateNeeds } from '../domain/delivery.ts';
import type { Fact, FactsAt } from '../domain/fact.ts';
import { gate, type GateDestination } from './gate.ts';

const INS = 'INS|1.2.250.1.213.1.4.10|279035121518989';
const sandbox: GateDestination = { production: false, enabled: false, unknownConsent: 'follow' };
const needs = (change: Partial<GateNeeds> = {}): GateNeeds => ({ identities: [INS], birthDate: null, sex: null, qualified: false, messageQualified: false, dmpConsentOf: null, test: false, after: [], ...change });
const facts = (...told: Fact[]): FactsAt => ({ upTo: told.length, known: told.map((fact, i) => ({ seq: i + 1, fact })) });
const consent = (alimentation: string, at: string | null = null): Fact => ({ kind: 'consent', keys: [INS], establishment: 'CHU', alimentation, consultation: null, at });
const verdict = (wanted: GateNeeds, known: FactsAt, destination = sandbox) => { const found = gate(wanted, known, destination); return found.go ? 'go' : `${found.to} ${found.reason.code}`; };

describe('the gate, at plan time and before each attempt', () => {
  it('lets through what needs nothing', () => { expect(verdict(needs(), facts())).toBe('go'); });
  it('refuses test traffic to production, and lets it into the sandbox', () => {
    expect(verdict(needs({ test: true }), facts(), { ...sandbox, production: true, enabled: true })).toBe('refused route.test-to-production');
    expect(verdict(needs({ test: true }), facts())).toBe('go');
  });
  it('holds what goes to a production that is not enabled', () => { expect(verdict(needs(), facts(), { ...sandbox, production: true })).toBe('held route.production-not-enabled'); });
  it('holds an identity that is not qualified, until VALI is told', () => {
    expect(verdict(needs({ qualified: true }), facts())).toBe('held route.identity-not-qualified');
    expect(verdict(needs({ qualified: true, messageQualified: true }), facts())).toBe('go');
    expect(verdict(needs({ qualified: true }), facts({ kind: 'identity', keys: [INS], birthDate: null, sex: null, statuses: ['VALI'] }))).toBe('go');
  });
  it('holds what contradicts known facts', () => {
    const known = facts({ kind: 'identity', keys: [INS], birthDate: '1979-03-28', sex: null, statuses: [] });
    expect(verdict(needs({ birthDate: '1980-01-01' }), known)).toBe('held facts.contradicts-known-identity');
  });
  it('refuses the DMP to a patient who opposed, here and not elsewhere', () => {
    expect(verdict(needs({ dmpConsentOf: 'CHU' }), facts(consent('IO')))).toBe('refused route.dmp-opposition');
    expect(verdict(needs({ dmpConsentOf: 'CLINIQUE' }), facts(consent('IO')))).toBe('go');
    expect(verdict(needs(), facts(consent('IO')))).toBe('go');
  });
  it('follows the latest collection, by its date', () => {
    expect(verdict(needs({ dmpConsentOf: 'CHU' }), facts(consent('IO', '20240311'), consent('INO', '20240306')))).toBe('refused route.dmp-opposition');
    expect(verdict(needs({ dmpConsentOf: 'CHU' }), facts(consent('IO', '20240306'), consent('INO', '20240311')))).toBe('go');
  });
  it('follows the source’s setting when the consent is not collected or unknown', () => {
    for (const known of [facts(), facts(consent('NA'))]) {
      expect(verdict(needs({ dmpConsentOf: 'CHU' }), known)).toBe('go');
      expect(verdict(needs({ dmpConsentOf: 'CHU' }), known, { ...sandbox, unknownConsent: 'hold' })).toBe('held route.dmp-consent-unknown');
    }
  });
});
