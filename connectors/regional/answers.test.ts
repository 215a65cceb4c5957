import { describe, expect, it } from '@jest/globals';
import { failure, noAnswer, transactionAnswer } from './answers.ts';

const quirks = { acceptMime: 'application/fhir+json', trailingSlash: false, conditionalCreate: true, updateCreate: true, error500IsPermanent: false };
const outcome = (code: string, expression?: string) => ({ resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code: 'informational' }, { severity: 'error', code, ...(expression === undefined ? {} : { expression: [expression] }) }] });
const said = (status: number, body: unknown = null, places = ['PID', 'OBX[2]']) => {
  const verdict = failure({ status, body, retryAfterMs: 3000 }, places, quirks);
  return verdict.kind === 'again' ? { again: verdict.what, ...verdict.otherwise } : verdict;
};

describe('failure', () => {
  it.each(['structure', 'required', 'value', 'invariant', 'code-invalid', 'business-rule', 'not-supported'])('500 with %s is a refusal (CI-SIS), at the place of the entry it names', (code) => {
    expect(said(500, outcome(code, 'Bundle.entry[1].resource.status'))).toEqual({ kind: 'refused', fault: 'regional.rejected', raw: `HTTP 500 ${code}`, args: [code, 'OBX[2]'] });
  });
  it.each([[503, null], [429, null], [408, null], [500, 'transient'], [500, 'lock-error'], [400, 'throttled'], [500, 'timeout']])('%s %s is busy, as long as it asks', (status, code) => {
    expect(said(status, code === null ? null : outcome(code))).toMatchObject({ kind: 'busy', fault: 'regional.busy', retryAfterMs: 3000 });
  });
  it('an empty 500 will pass, unless the partner is one of those that never say more', () => {
    expect(said(500)).toMatchObject({ kind: 'busy', fault: 'regional.server-error' });
    expect(failure({ status: 500, body: null, retryAfterMs: null }, ['PID'], { ...quirks, error500IsPermanent: true })).toMatchObject({ kind: 'refused', fault: 'regional.rejected' });
  });
  it.each([502, 504])('%s leaves a doubt: a proxy gave up', (status) => expect(said(status)).toMatchObject({ kind: 'unknown', fault: 'regional.no-answer' }));
  it('401 renews the token once, 403 does not', () => {
    expect(said(401)).toMatchObject({ again: 'token', kind: 'refused', fault: 'regional.unauthorized' });
    expect(said(400, outcome('expired'))).toMatchObject({ again: 'token', fault: 'regional.unauthorized' });
    expect(said(403)).toMatchObject({ kind: 'refused', fault: 'regional.forbidden' });
  });
  it('412 evaluates the condition once more, 409 waits', () => {
    expect(said(412)).toMatchObject({ again: 'condition', kind: 'refused', fault: 'regional.precondition' });
    expect(said(409)).toMatchObject({ again: 'condition', kind: 'busy', fault: 'regional.conflict' });
  });
  it('413 is too large; 400, 404, 410, 422 are refusals; duplicate is done', () => {
    expect(said(413)).toMatchObject({ kind: 'refused', fault: 'regional.too-large' });
    for (const status of [400, 404, 410, 422]) expect(said(status)).toMatchObject({ kind: 'refused', fault: 'regional.rejected', args: [String(status), 'PID'] });
  });
  it('duplicate is done where one thing was sent; of a transaction it says nothing of the other entries', () => {
    expect(said(409, outcome('duplicate'), ['PID'])).toEqual({ kind: 'delivered', duplicate: true });
    expect(said(409, outcome('duplicate', 'Bundle.entry[0]'))).toMatchObject({ again: 'condition', kind: 'refused', fault: 'regional.precondition', args: ['duplicate'] });
  });
  it.each([301, 302, 307, 308])('%s is a setting: nothing was taken, nothing is wrong with the message', (status) => {
    expect(said(status)).toMatchObject({ kind: 'refused', fault: 'regional.redirected', args: [String(status)] });
  });
  it('a code that every object has is none of ours', () => {
    for (const code of ['constructor', 'toString', '__proto__']) expect(said(400, outcome(code))).toEqual({ kind: 'refused', fault: 'regional.rejected', raw: 'HTTP 400', args: ['400', 'PID'] });
  });
  it('a location that is no text is none', () => {
    expect(transactionAnswer({ resourceType: 'Bundle', type: 'transaction-response', entry: [{ response: { status: '201', location: { a: 1 } } }] }, 1, ['PID'], quirks)).toEqual({ kind: 'delivered' });
  });
  it('takes anything for a body', () => {
    for (const body of [undefined, 'x', [], { resourceType: 'OperationOutcome' }, { resourceType: 'OperationOutcome', issue: [{}] }]) expect(said(400, body).kind).toBe('refused');
  });
});

describe('transactionAnswer', () => {
  const response = (...entry: unknown[]) => ({ resourceType: 'Bundle', type: 'transaction-response', entry });
  const read = (body: unknown) => transactionAnswer(body, 2, ['PID', 'OBX'], quirks);
  it('is delivered when every entry is, and a duplicate when nothing was new', () => {
    expect(read(response({ response: { status: '200', location: 'Patient/1' } }, { response: { status: '201 Created', location: 'Observation/2' } }))).toEqual({ kind: 'delivered', remoteId: 'Patient/1' });
    expect(read(response({ response: { status: '200 OK' } }, { response: { status: '200' } }))).toEqual({ kind: 'delivered', duplicate: true });
  });
  it('is what its failed entry says', () => {
    expect(read(response({ response: { status: '201' } }, { response: { status: '422', outcome: outcome('invariant') } }))).toMatchObject({ kind: 'refused', fault: 'regional.rejected', args: ['invariant', 'OBX'] });
  });
  it('goes on after an entry that was there already', () => {
    const there = { response: { status: '409', outcome: outcome('duplicate') } };
    expect(read(response(there, { response: { status: '422', outcome: outcome('invariant') } }))).toMatchObject({ kind: 'refused', fault: 'regional.rejected', args: ['invariant', 'OBX'] });
    expect(read(response(there, { response: { status: '201', location: 'Observation/2' } }))).toEqual({ kind: 'delivered', remoteId: 'Observation/2' });
  });
  it.each([[null], [{}], [response()], [response({ response: { status: '201' } })], [response({ response: { status: '201' } }, {})]])('leaves a doubt for %j', (body) => {
    expect(read(body)).toMatchObject({ kind: 'unknown', fault: 'regional.not-understood' });
  });
});

describe('noAnswer', () => {
  const error = (code: string) => Object.assign(new Error('http://partner/?identifier=secret'), { code });
  it('knows what did not leave, what is a setting, and what is in doubt', () => {
    expect(noAnswer(error('ECONNREFUSED'))).toMatchObject({ kind: 'busy', fault: 'regional.unreachable' });
    expect(noAnswer(error('CERT_HAS_EXPIRED'))).toMatchObject({ kind: 'refused', fault: 'regional.tls', args: ['CERT_HAS_EXPIRED'] });
    expect(noAnswer(new TypeError('fetch failed', { cause: error('UND_ERR_SOCKET') }))).toEqual({ kind: 'unknown', fault: 'regional.no-answer', raw: 'UND_ERR_SOCKET' });
    expect(JSON.stringify(noAnswer(error('ECONNRESET')))).not.toContain('secret');
    expect(noAnswer('anything').kind).toBe('unknown');
  });
});
