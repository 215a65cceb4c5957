import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rules } from '../../test/deliver/partner.ts';
import type { Receipt } from '../domain/delivery.ts';
import { backoff } from './backoff.ts';
import { Breaker } from './breaker.ts';
import { Due } from './due.ts';
import { decide } from './outcome.ts';

describe('backoff', () => {
  const settings = { firstMs: 1000, maxMs: 60_000 };
  test('grows to its ceiling, with full jitter', () => {
    expect([1, 2, 3, 7, 500].map((attempt) => backoff(settings, attempt, 0.999_999))).toEqual([1000, 2000, 4000, 60_000, 60_000]);
    expect(backoff(settings, 5, 0)).toBe(0);
  });
  test('never earlier than the partner asked, up to a day', () => {
    expect(backoff(settings, 1, 0.5, 30_000)).toBe(30_000);
    expect(backoff(settings, 1, 0.5, 1e12)).toBe(24 * 3600_000);
  });
});

describe('breaker', () => {
  test('opens after so many failures in a row, probes with one, closes on its success', () => {
    const breaker = new Breaker({ failures: 3, probeMs: 1000 });
    breaker.failed(0, false); breaker.failed(0, false); breaker.succeeded();
    breaker.failed(0, false); breaker.failed(0, false);
    expect(breaker.state(0)).toBe('closed');
    breaker.failed(0, false);
    expect([breaker.state(0), breaker.mayGo(999), breaker.mayGo(1000)]).toEqual(['open', false, true]);
    breaker.started();
    expect([breaker.state(1000), breaker.mayGo(1000)]).toEqual(['half-open', false]);
    breaker.unused();
    expect(breaker.mayGo(1000)).toBe(true);
    breaker.started(); breaker.failed(1000, false);
    expect([breaker.mayGo(1999), breaker.mayGo(2000), breaker.probeAt]).toEqual([false, true, 2000]);
    breaker.started(); breaker.succeeded();
    expect([breaker.state(2000), breaker.probeAt]).toEqual(['closed', null]);
  });
  test('opens at once for a fault of configuration', () => {
    const breaker = new Breaker({ failures: 3, probeMs: 1000 });
    breaker.failed(0, true);
    expect(breaker.state(0)).toBe('open');
  });
});

test('what comes due comes earliest first, whatever the order it was added in', () => {
  fc.assert(fc.property(fc.array(fc.nat(1000)), fc.nat(1000), (moments, now) => {
    const due = new Due<number>();
    moments.forEach((at, index) => { due.add(at, index); });
    expect(due.earliest).toBe(moments.length === 0 ? null : Math.min(...moments));
    const taken: number[] = [];
    for (let one = due.take(now); one !== null; one = due.take(now)) taken.push(one.at);
    expect(taken).toEqual(moments.filter((at) => at <= now).sort((a, b) => a - b));
  }));
});

describe('a receipt to what comes next', () => {
  const next = (receipt: Receipt, changed: { stillInDoubt?: boolean; lookup?: boolean; othersPassed?: boolean } = {}) =>
    decide(receipt, { at: 1000, attempt: 1, stillInDoubt: false, random: 0.5, rules: rules(), lookup: true, othersPassed: false, ...changed });
  test.each<[string, Receipt, object]>([
    ['delivered', { kind: 'delivered' }, { next: { state: 'delivered' }, health: 'well' }],
    ['submitted', { kind: 'submitted', correlation: 'c', deadline: 5 }, { next: { state: 'submitted' }, reason: 'deliver.submitted', health: 'well' }],
    ['refused for good', { kind: 'refused', fault: 'hl7v2out.refused' }, { next: { state: 'refused' }, reason: 'hl7v2out.refused', health: 'well' }],
    ['refused by configuration', { kind: 'refused', fault: 'hl7v2out.certificate' }, { next: { state: 'waiting', notBefore: 6500, inDoubt: false }, health: 'misconfigured' }],
    ['busy', { kind: 'busy', fault: 'hl7v2out.rejected' }, { next: { state: 'waiting', notBefore: 1500, inDoubt: false }, health: 'failing' }],
    ['busy, and when to come back', { kind: 'busy', fault: 'hl7v2out.rejected', retryAfterMs: 7000 }, { next: { state: 'waiting', notBefore: 8000, inDoubt: false } }],
    ['busy by configuration', { kind: 'busy', fault: 'hl7v2out.certificate' }, { next: { state: 'waiting', notBefore: 6500, inDoubt: false }, health: 'misconfigured' }],
    ['busy, but one cannot be sure', { kind: 'busy', fault: 'hl7v2out.no-answer' }, { next: { state: 'waiting', notBefore: 1500, inDoubt: true } }],
    ['unknown', { kind: 'unknown', fault: 'hl7v2out.no-answer' }, { next: { state: 'waiting', notBefore: 1500, inDoubt: true }, health: 'failing' }],
  ])('%s', (_name, receipt, expected) => { expect(next(receipt)).toMatchObject(expected); });

  test.each<Receipt['kind'] & ('refused' | 'busy')>(['refused', 'busy'])('%s by a configuration that others passed: a person looks', (kind) => {
    expect(next({ kind, fault: 'hl7v2out.certificate' }, { othersPassed: true })).toEqual({ next: { state: 'held', inDoubt: false }, reason: 'deliver.alone-misconfigured', health: 'untouched' });
    expect(next({ kind: 'refused', fault: 'hl7v2out.refused' }, { othersPassed: true })).toMatchObject({ next: { state: 'refused' } });
  });

  test('a doubt stays until an outcome, and where nothing can be asked the evidence window is waited', () => {
    expect(next({ kind: 'busy', fault: 'hl7v2out.rejected' }, { stillInDoubt: true })).toMatchObject({ next: { inDoubt: true } });
    expect(next({ kind: 'unknown', fault: 'hl7v2out.no-answer' }, { lookup: false })).toMatchObject({ next: { notBefore: 61_000, inDoubt: true } });
  });
});
