import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { MailContent } from '../../connectors/mssante/content.ts';
import { mssante } from '../../connectors/mssante/definition.ts';
import { settings } from '../../test/samples/mss.ts';
import { createPlanner, type Preparers } from '../planner.ts';
import type { PlannedDelivery } from '../domain/delivery.ts';

// From the bytes of a message to the mails that leave, through the real stages.

const destination = (id: string, system: 'dmp' | 'mssante', production = false) => ({ id, system, production, enabled: true, connected: system === 'mssante', deadlineDays: 1 });
const preparers: Preparers = new Map([['mail', { definition: mssante, config: settings() }]]);
const planner = (production = false) => createPlanner({ destinations: [destination('dmp', 'dmp'), destination('mail', 'mssante', production)], rules: [] }, { profiles: [], check: null }, preparers, 'test');
const [sandbox, production] = [planner(), planner(true)];
const fixture = (name: string): string => readFileSync(new URL(`../../fixtures/hl7v2/volet/${name}/in.hl7`, import.meta.url), 'utf8');
const initial = fixture('oru-initial');

const source = (strictness: 'tolerant' | 'strict') => ({ id: 'lab', timeZone: 'Europe/Paris', strictness, answersTo: 'answers', establishment: null, unknownConsent: 'follow' as const });
interface Asked { readonly strictness?: 'tolerant' | 'strict'; readonly by?: typeof sandbox }
const plan = (text: string, { strictness = 'tolerant', by = sandbox }: Asked = {}) =>
  by.plan({ bytes: Buffer.from(text), source: source(strictness), trace: 'trace-1', receivedAt: Date.UTC(2026, 10, 20) }, () => ({ upTo: 0, known: [] }));
const mails = (text: string, options: Asked = {}): PlannedDelivery[] => plan(text, options).plan.deliveries.filter(({ system }) => system === 'mssante');
const codes = (text: string, options: Asked = {}): string[] => plan(text, options).outcome.findings.map(({ code }) => code);

const names = ['MASQUE_PS', 'INVISIBLE_PATIENT', 'INVISIBLE_REP_LEGAUX', 'CONNEXION_SECRETE', 'DESTDMP', 'DESTMSSANTEPS', 'DESTMSSANTEPAT', 'MODIF_CONF_CODE', 'ACK_RECEPTION', 'ACK_LECTURE_MSS'] as const;
type Name = (typeof names)[number];
const flagged = (text: string, yes: ReadonlySet<Name>): string => names.reduce((made, name) => made.replace(new RegExp(`(\\|${name}\\^[^|]*\\|\\|)[YN]`, 'u'), `$1${yes.has(name) ? 'Y' : 'N'}`), text);
const every: ReadonlySet<Name>[] = Array.from({ length: 2 ** names.length }, (_, bits) => new Set(names.filter((_name, i) => (bits >> i & 1) === 1)));

/** regles-gestion-mssante, read again from its text. */
const inTable = (f: ReadonlySet<Name>): boolean => {
  const is = (...columns: readonly [Name, boolean][]): boolean => columns.every(([name, yes]) => f.has(name) === yes);
  return is(['MASQUE_PS', false], ['INVISIBLE_PATIENT', false], ['INVISIBLE_REP_LEGAUX', false], ['DESTMSSANTEPS', true], ['DESTMSSANTEPAT', true])
    || is(['MASQUE_PS', false], ['INVISIBLE_PATIENT', true], ['INVISIBLE_REP_LEGAUX', false], ['DESTMSSANTEPS', true], ['DESTMSSANTEPAT', false])
    || is(['INVISIBLE_PATIENT', false], ['CONNEXION_SECRETE', false], ['DESTDMP', false], ['DESTMSSANTEPS', false], ['DESTMSSANTEPAT', true]);
};

describe('every combination of the ten flags, in both modes', () => {
  test.each(['tolerant', 'strict'] as const)('%s', (strictness) => {
    const seen = { sent: 0, rejected: 0 };
    for (const flags of every) {
      const { outcome, plan: { deliveries } } = plan(flagged(initial, flags), { strictness });
      const rows = deliveries.filter(({ system }) => system === 'mssante');
      const [ps, pat] = [flags.has('DESTMSSANTEPS'), flags.has('DESTMSSANTEPAT')];
      const audiences = rows.map(({ content }) => (content as unknown as MailContent).audience);
      const hidden = (['INVISIBLE_PATIENT', 'INVISIBLE_REP_LEGAUX', 'CONNEXION_SECRETE'] as const).some((name) => flags.has(name));
      const about = [...flags].join('+');
      if (outcome.ack !== 'AA') {
        // Rejected as a whole: nothing leaves.
        expect([about, rows.length]).toEqual([about, 0]);
        seen.rejected += 1;
        continue;
      }
      if (!inTable(flags) && (ps || pat)) expect([about, strictness]).toEqual([about, 'tolerant']);
      expect([about, audiences.includes('professional')]).toEqual([about, ps]);
      expect([about, audiences.includes('patient')]).toEqual([about, pat && (inTable(flags) || !hidden)]);
      // The hard rule, whatever the mode.
      if (flags.has('INVISIBLE_PATIENT')) expect([about, audiences.includes('patient')]).toEqual([about, false]);
      for (const { headers } of rows) {
        expect([about, headers['X-MSS-NIL'], headers['X-MSS-CODECDA'], headers['X-MSS-INS'], 'Disposition-Notification-To' in headers]).toEqual([about, 'NIL-TEST-1', '11502-2', 'O', flags.has('ACK_LECTURE_MSS')]);
      }
      seen.sent += rows.length;
    }
    expect(seen.sent).toBeGreaterThan(100);
    if (strictness === 'strict') expect(seen.rejected).toBeGreaterThan(100);
  }, 60_000);
});

describe('recipients', () => {
  test('a mailbox named twice gets one mail; the patient\'s is computed from the INS, never taken from the message', () => {
    const prt = initial.split('\r').find((line) => line.startsWith('PRT|') && line.includes('|RCT^') && !line.includes('@patient.')) ?? '';
    const twice = initial.replace(prt, `${prt}\r${prt.replace('helene.rousseau', 'Helene.ROUSSEAU')}`);
    expect(mails(twice).map(({ recipient }) => recipient)).toEqual(mails(initial).map(({ recipient }) => recipient));
    expect(mails(initial).map(({ recipient }) => recipient)).toContain('279035121518989@patient.mssante.fr');
    expect(mails(fixture('adresse-autre-patient')).every(({ recipient }) => recipient === null || !recipient.endsWith('@patient.mssante.fr') || recipient.startsWith('279035121518989@'))).toBe(true);
  });
  test('an identity that is not qualified: held for the patient, and no INS in the mail to the professional', () => {
    const rows = mails(initial.replace('|VALI', '|PROV'));
    const patient = rows.find(({ content }) => (content as unknown as MailContent).audience === 'patient');
    const doctor = rows.find(({ content }) => (content as unknown as MailContent).audience === 'professional');
    expect([patient?.state, patient?.reason.code]).toEqual(['held', 'route.identity-not-qualified']);
    expect(doctor?.headers['X-MSS-INS']).toBe('N');
    expect(Buffer.from(doctor?.envelope?.steps[0]?.body[0] as Uint8Array).toString()).not.toContain('279035121518989');
  });
  test('answers that would go to a patient hold the mail, as the plan already says', () => {
    const asked = initial.replace('secretariat@quatre-vents.mssante.test', '279035121518989@patient.mssante.fr');
    expect(mails(asked).map(({ state, reason }) => [state, reason.code])).toEqual(mails(asked).map(() => ['held', 'recipients.reply-to-patient']));
  });
  test('without the installation’s secret no name is shown, and no false one', () => {
    const config = mssante.config({ host: '127.0.0.1', from: { name: 'Labo', address: 'labo@x.mssante.test' }, nil: 'N' }, 'mail');
    const bare = createPlanner({ destinations: [destination('mail', 'mssante')], rules: [] }, { profiles: [], check: null }, new Map([['mail', { definition: mssante, config }]]), 'test');
    for (const name of ['oru-initial', 'mdm-remplacement']) for (const { headers } of mails(fixture(name), { by: bare })) for (const key of ['Message-ID', 'In-Reply-To']) expect(`${key} ${JSON.stringify(headers[key] ?? 'clé de l’installation')}`).toContain('clé de l’installation');
  });
  test('a patient who may not answer', () => {
    const patient = mails(fixture('destmssantepat-fin')).find(({ recipient }) => recipient?.endsWith('@patient.mssante.fr'));
    expect(patient?.headers['X-MSS-MES']).toBe('FIN');
    expect(patient?.headers).not.toHaveProperty('Reply-To');
  });
});

describe('documents', () => {
  const withoutPdf = initial.replace(/\^Base64\^([A-Za-z0-9+/=]+)/u, (_, cda: string) => `^Base64^${Buffer.from(Buffer.from(cda, 'base64').toString('utf8').replaceAll('application/pdf', 'text/plain')).toString('base64')}`);
  test('without a PDF: said, sent on the sandbox, held in production', () => {
    expect(codes(withoutPdf).filter((code) => code === 'mss.pdf-missing')).toHaveLength(1);
    expect(mails(withoutPdf).map(({ state, headers }) => [state, headers.attachments])).toEqual(mails(withoutPdf).map(() => ['planned', ['IHE_XDM.zip']]));
    // A test identity never reaches production: this one is as if it were real.
    const real = withoutPdf.replace('|VOL0001|T|', '|VOL0001|P|').replaceAll('1.2.250.1.213.1.4.10', '1.2.250.1.213.1.4.8')
      .replace(/\^Base64\^([A-Za-z0-9+/=]+)/u, (_, cda: string) => `^Base64^${Buffer.from(Buffer.from(cda, 'base64').toString('utf8').replaceAll('1.2.250.1.213.1.4.10', '1.2.250.1.213.1.4.8')).toString('base64')}`);
    expect(mails(real, { by: production }).map(({ state, reason }) => [state, reason.code])).toEqual(mails(real).map(() => ['held', 'mss.pdf-missing']));
  });
  test('with one, nothing is said', () => { expect(codes(initial)).not.toContain('mss.pdf-missing'); });
  test('two of one patient leave in one mail', () => {
    const [first] = mails(fixture('oru-n1-n3'));
    expect(String(first?.headers.Subject)).toMatch(/^XDM\/1\.0\/DDM\+2 documents /);
  });
  test('a replacement and a deletion answer the mail of the document they are about', () => {
    const [original] = mails(fixture('mdm-initial'));
    const [replacement] = mails(fixture('mdm-remplacement'));
    const [deletion] = mails(fixture('mdm-suppression'));
    expect(String(replacement?.headers.Subject)).toMatch(/^\[Annule et remplace\] XDM\/1\.0\/DDM\+/);
    expect(replacement?.headers['In-Reply-To']).toMatch(/^<[0-9a-f]{32}@saint-aubin\.mssante\.test>$/);
    expect(replacement?.headers.References).toBe(replacement?.headers['In-Reply-To']);
    expect([original?.headers['Message-ID'], replacement?.headers['Message-ID']]).toContain(deletion?.headers['In-Reply-To']);
  });
});
