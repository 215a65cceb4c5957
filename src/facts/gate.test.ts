import { describe, expect, it, test } from '@jest/globals';
import type { GateNeeds } from '../domain/delivery.ts';
import type { Fact, FactsAt } from '../domain/fact.ts';
import { gate, type GateDestination } from './gate.ts';

const INS = 'INS|1.2.250.1.213.1.4.10|279035121518989';
const IPP = 'ID|CHU|000003';
const sandbox: GateDestination = { production: false, enabled: false, unknownConsent: 'follow' };
const needs = (change: Partial<GateNeeds> = {}): GateNeeds => ({ identities: [INS, IPP], birthDate: null, sex: null, qualified: false, messageQualified: false, dmpConsentOf: null, test: false, after: [], ...change });
const facts = (...told: Fact[]): FactsAt => ({ upTo: told.length, known: told.map((fact, i) => ({ seq: i + 1, fact })) });
const consent = (alimentation: string, at: string | null = null, establishments = ['CHU']): Fact => ({ kind: 'consent', keys: [INS], establishments, alimentation, consultation: null, at });
const result = (change: Partial<Extract<Fact, { kind: 'identity' }>> = {}): Fact => ({ kind: 'identity', keys: [INS, IPP], birthDate: null, sex: null, statuses: [], ...change });
const event = (change: Partial<Extract<Fact, { kind: 'identity' }>> = {}): Fact => result({ byIdentityEvent: true, ...change });
const verdict = (wanted: GateNeeds, known: FactsAt, destination = sandbox, seq: number | null = null) => { const found = gate(wanted, known, destination, seq); return found.go ? 'go' : `${found.to} ${found.reason.code}`; };
const held = 'held route.identity-not-qualified';
const contradicts = 'held facts.contradicts-known-identity';

describe('the gate, at plan time and before each attempt', () => {
  it('lets through what needs nothing', () => { expect(verdict(needs(), facts())).toBe('go'); });
  it('refuses test traffic to production, and lets it into the sandbox', () => {
    expect(verdict(needs({ test: true }), facts(), { ...sandbox, production: true, enabled: true })).toBe('refused route.test-to-production');
    expect(verdict(needs({ test: true }), facts())).toBe('go');
  });
  it('holds what goes to a production that is not enabled', () => { expect(verdict(needs(), facts(), { ...sandbox, production: true })).toBe('held route.production-not-enabled'); });
  it('holds a restricted document, after what no person may release', () => {
    expect(verdict(needs({ restricted: true }), facts())).toBe('held route.dmp-restricted');
    expect(verdict(needs({ restricted: true, qualified: true }), facts())).toBe(held);
    expect(verdict(needs({ restricted: true, dmpConsentOf: ['CHU'] }), facts(consent('IO')))).toBe('refused route.dmp-opposition');
  });
  it('holds what contradicts known facts', () => {
    expect(verdict(needs({ birthDate: '1980-01-01' }), facts(result({ birthDate: '1979-03-28' })))).toBe(contradicts);
  });
});

describe('a qualified identity', () => {
  const VALI = event({ statuses: ['VALI'] });
  const given = (...messageStatuses: string[]) => needs({ qualified: true, messageStatuses });
  test.each<[string, GateNeeds, FactsAt, number | null, string]>([
    ['a message without status, nothing known', needs({ qualified: true }), facts(), null, held],
    ['a message without status, VALI known', needs({ qualified: true }), facts(VALI), null, 'go'],
    ['a message without status, VALI contradicted by its own message', needs({ qualified: true }), facts(event({ statuses: ['VALI', 'DOUT'] })), null, held],
    ['a message without status, VALI withdrawn under the number alone', needs({ qualified: true }), facts(VALI, event({ keys: [IPP], statuses: ['PROV'] })), null, held],
    ['a message that says VALI', needs({ qualified: true, messageQualified: true, messageStatuses: ['VALI'] }), facts(event({ statuses: ['PROV'] })), null, 'go'],
    ['a message that said VALI, worse told since', needs({ qualified: true, messageQualified: true, messageStatuses: ['VALI'] }), facts(VALI, event({ statuses: ['USUR'] })), 1, held],
    ['PROV after VALI', given('PROV'), facts(VALI), null, held],
    ['USUR after VALI', given('USUR'), facts(VALI), null, held],
    ['DOUT after VALI', given('DOUT'), facts(VALI), null, held],
    ['FICT after VALI', given('FICT'), facts(VALI), null, held],
    ['VALI with DOUT, read again with its own fact', given('VALI', 'DOUT'), facts(result({ statuses: ['VALI', 'DOUT'] })), 1, held],
    ['PROV, then VALI by an identity event', given('PROV'), facts(result({ statuses: ['PROV'] }), VALI), 1, 'go'],
    ['PROV, then VALI by a result', given('PROV'), facts(result({ statuses: ['PROV'] }), result({ statuses: ['VALI'] })), 1, held],
    ['USUR, then VALI by an identity event', given('USUR'), facts(result({ statuses: ['USUR'] }), VALI), 1, held],
  ])('%s', (_, wanted, known, seq, expected) => { expect(verdict(wanted, known, sandbox, seq)).toBe(expected); });
  test.each<[string, FactsAt, number | null, string]>([
    ['validated when it came, and still', facts(VALI), 1, 'go'],
    ['doubted since', facts(VALI, event({ statuses: ['DOUT'] })), 1, 'held facts.ins-doubted-since'],
    ['usurped, says the number alone', facts(VALI, event({ keys: [IPP], statuses: ['USUR'] })), 1, 'held facts.ins-doubted-since'],
    ['doubted and validated again', facts(VALI, event({ statuses: ['PROV'] }), event({ statuses: ['VALI'] })), 1, 'go'],
    ['doubted before the message, which says VALI', facts(event({ statuses: ['DOUT'] }), result({ statuses: ['VALI'] })), 2, 'go'],
    ['while it is planned', facts(event({ statuses: ['DOUT'] })), null, 'go'],
  ])('an INS that leaves for the region or a professional, %s', (_, known, seq, expected) => {
    expect(verdict(needs({ carriesIns: true, messageQualified: true, messageStatuses: ['VALI'] }), known, sandbox, seq)).toBe(expected);
    expect(verdict(needs({ messageQualified: true, messageStatuses: ['VALI'] }), known, sandbox, seq)).toBe('go');
  });
  it('says first what no release passes', () => {
    const wanted = needs({ carriesIns: true, messageQualified: true, messageStatuses: ['VALI'], birthDate: '1980-01-01' });
    expect(verdict(wanted, facts(VALI, event({ statuses: ['USUR'], birthDate: '1979-03-28' })), sandbox, 1)).toBe('held facts.ins-doubted-since');
  });
  it('matters only where the destination asks for one', () => { expect(verdict({ ...given('USUR'), qualified: false }, facts())).toBe('go'); });
});

describe('two messages planned together, neither having seen the other', () => {
  const born = (year: string) => needs({ identities: [IPP], birthDate: `${year}-01-01` });
  const told = (year: string, change = {}) => ({ keys: [IPP], birthDate: `${year}-01-01`, ...change });
  test.each<[string, FactsAt, number, GateNeeds, string]>([
    ['the admission goes', facts(event(told('1980')), result(told('1995'))), 1, born('1980'), 'go'],
    ['the result that contradicts it does not, though its fact is the newest', facts(event(told('1980')), result(told('1995'))), 2, born('1995'), contradicts],
    ['nor when it came first', facts(result(told('1995')), event(told('1980'))), 1, born('1995'), contradicts],
    ['of two results the first goes', facts(result(told('1980')), result(told('1995'))), 1, born('1980'), 'go'],
    ['and the second is held', facts(result(told('1980')), result(told('1995'))), 2, born('1995'), contradicts],
    ['an A31 is believed on its own word', facts(result(told('1980')), event(told('1995'))), 2, born('1995'), 'go'],
  ])('%s', (_, known, seq, wanted, expected) => { expect(verdict(wanted, known, sandbox, seq)).toBe(expected); });
});

describe('the consent to feed the DMP (ZFA-9)', () => {
  const opposed = 'refused route.dmp-opposition';
  const of = (...dmpConsentOf: string[]) => needs({ dmpConsentOf });
  test.each<[string, GateNeeds, FactsAt, string]>([
    ['opposed here', of('CHU'), facts(consent('IO')), opposed],
    ['opposed elsewhere', of('CLINIQUE'), facts(consent('IO')), 'go'],
    ['opposed, where consent does not matter', needs(), facts(consent('IO')), 'go'],
    ['the later collection opposes', of('CHU'), facts(consent('IO', '20240311'), consent('INO', '20240306')), opposed],
    ['the later collection lifts it', of('CHU'), facts(consent('IO', '20240306'), consent('INO', '20240311')), 'go'],
    ['the same day, one with its hour: the later message', of('CHU'), facts(consent('INO', '20240311120000+0100'), consent('IO', '20240311')), opposed],
    ['NA without date after IO', of('CHU'), facts(consent('IO', '20240311'), consent('NA')), opposed],
    ['NA with a later date after IO', of('CHU'), facts(consent('IO', '20240311'), consent('NA', '20240501')), opposed],
    ['a code PAM does not know after IO', of('CHU'), facts(consent('IO'), consent('XX')), opposed],
    ['opposed under the second of its numbers', of('CHU'), facts(consent('IO', null, ['GHT', 'CHU'])), opposed],
    ['the delivery names the establishment twice', of('CHU-SETTING', 'CHU'), facts(consent('IO')), opposed],
    ['one of two establishments is opposed', of('CLINIQUE', 'CHU'), facts(consent('IO'), consent('INO', null, ['CLINIQUE'])), opposed],
    ['the consent does not say where', of('CHU'), facts(consent('IO', null, [])), opposed],
    ['the delivery does not say where', of(), facts(consent('IO')), opposed],
  ])('%s', (_, wanted, known, expected) => { expect(verdict(wanted, known)).toBe(expected); });
  it('follows the source’s setting when it is not collected or unknown', () => {
    for (const known of [facts(), facts(consent('NA')), facts(consent('INO', null, ['CLINIQUE']))]) {
      expect(verdict(of('CHU'), known)).toBe('go');
      expect(verdict(of('CHU'), known, { ...sandbox, unknownConsent: 'hold' })).toBe('held route.dmp-consent-unknown');
    }
  });
  it('is refused before anything is held: no release passes it', () => {
    expect(verdict(needs({ dmpConsentOf: ['CHU'], qualified: true }), facts(consent('IO')))).toBe(opposed);
    expect(verdict(needs({ dmpConsentOf: ['CHU'], birthDate: '1980' }), facts(consent('IO'), result({ birthDate: '1979' })))).toBe(opposed);
    expect(verdict(needs({ dmpConsentOf: ['CHU'] }), facts(consent('IO')), { ...sandbox, production: true })).toBe(opposed);
  });
  it('says first what no release passes', () => {
    expect(verdict(needs({ qualified: true, birthDate: '1980' }), facts(result({ birthDate: '1979' })))).toBe(held);
  });
});
