import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cdaOf, contentOf, settings, workOf } from '../../test/samples/mss.ts';
import { bodyOf } from './body.ts';
import { mssanteConfig } from './config.ts';
import type { MailContent } from './content.ts';
import { prepareMail } from './envelope.ts';
import { mailOf } from './mail.ts';
import { messageIdOf, oidOf, tokenOf } from './message-id.ts';
import { pdfNames } from './pdf-name.ts';
import { subjectOf } from './subject.ts';

const config = settings();
const doctor = 'helene.rousseau@medecins.mssante.test';
const content = (changed: Partial<MailContent> = {}): MailContent => contentOf([cdaOf(1)], changed);
const mail = (changed: Partial<MailContent> = {}, to = doctor, qualified = true) => mailOf(content(changed), to, qualified, config);
const header = (name: string, changed: Partial<MailContent> = {}, qualified = true) => mail(changed, doctor, qualified).headers.find(({ key }) => key === name)?.value;
const document = (label: string) => ({ ...content().documents[0]!, label });

describe('subject (ECO.2.1.3)', () => {
  const subject = (label: string, family: string, given: string, birthDate = '1978-11-26', action: MailContent['action'] = 'submit') => subjectOf({ action, documents: [document(label)], patient: { family, given, birthDate } });
  test.each([
    ['CR d\'examens biologiques', 'Vial', 'Paul', 'XDM/1.0/DDM+CR d\'examens biologiques VIAL Paul 26/11/1978'],
    ['Lettre de liaison à la sortie d’un établissement', 'D’Hérouville-Œuvrard', 'Zoë-Éloïse', 'XDM/1.0/DDM+Lettre de liaison à la sortie d’un établ D\'HEROUVILLE-OEUVRARD Zoe-Eloise 26/11/1978'],
    ['CR', 'Lefèvre de la Tour', 'Jean\tMarc', 'XDM/1.0/DDM+CR LEFEVRE DE LA TOUR Jean Marc 26/11/1978'],
    ['CR', 'Straße', 'François', 'XDM/1.0/DDM+CR STRASSE Francois 26/11/1978'],
    ['CR', 'L̕Ange-É'.normalize('NFD'), 'Å', 'XDM/1.0/DDM+CR L\'ANGE-E A 26/11/1978'.replace('L\'', 'L')],
  ])('%s, %s %s', (label, family, given, expected) => { expect(subject(label, family, given)).toBe(expected); });
  test('a name of 60 characters is whole, a label is not longer than 40', () => {
    const family = 'Abcdefghi-'.repeat(6);
    const said = subject('é'.repeat(80), family, 'Paul');
    expect(said).toBe(`XDM/1.0/DDM+${'é'.repeat(40)} ${family.toUpperCase()} Paul 26/11/1978`);
  });
  test('several documents, a replacement, an unknown birth day', () => {
    const patient = { family: 'Vial', given: 'Paul', birthDate: '1978-11-26' };
    expect(subjectOf({ action: 'submit', documents: [document('a'), document('b')], patient })).toBe('XDM/1.0/DDM+2 documents VIAL Paul 26/11/1978');
    expect(subject('CR', 'Vial', 'Paul', '1978-11-26', 'replace')).toBe('[Annule et remplace] XDM/1.0/DDM+CR VIAL Paul 26/11/1978');
    expect(subject('CR', 'Vial', 'Paul', '')).toBe('XDM/1.0/DDM+CR VIAL Paul');
  });
  test('whatever the texts, one line in the form readers look for, label within 40', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (label, family, given) => {
      const said = subject(`x${label}`, `N${family}`, given);
      expect(said).toMatch(/^XDM\/1\.0\/DDM\+\S/u);
      expect(said).not.toMatch(/[\r\n\t\0]/u);
    }));
  });
});

describe('name of the PDF (ECO.2.1.6)', () => {
  test('day, type with its accents, NAME, given name; `_` only separates', () => {
    expect(pdfNames([{ actDate: '20220531', label: 'CR d\'imagerie médicale' }], { family: 'Corse', given: 'Figatellix' })).toEqual(['20220531_CR d\'imagerie médicale_CORSE_Figatellix.pdf']);
    expect(pdfNames([{ actDate: '', label: 'a_b/../c:"d"' }], { family: 'D’Hé_ro', given: 'Zoë' })).toEqual(['a b .. c d_D\'HE RO_Zoe.pdf']);
  });
  test('two copies of one name are told apart', () => {
    const one = { actDate: '20220531', label: 'CR' };
    expect(pdfNames([one, one, one], { family: 'A', given: 'B' })).toEqual(['20220531_CR_A_B.pdf', '20220531_CR_A_B_2.pdf', '20220531_CR_A_B_3.pdf']);
  });
  test('never a path', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (label, family) => {
      const [name = ''] = pdfNames([{ actDate: '20220531', label }], { family, given: 'Paul' });
      expect(name).toMatch(/^20220531_[^/\\:\r\n\0]*\.pdf$/u);
    }));
  });
});

describe('names of mails', () => {
  const named = { secret: Buffer.from('one'), from: 'a@b.mssante.test', documents: ['1.2.3', '1.2.4'], deletion: false, audience: 'professional', to: doctor } as const;
  test('the same mail has the same name whatever the order and the case; another one has another', () => {
    const token = tokenOf(named);
    expect(token).toMatch(/^[0-9a-f]{32}$/);
    expect(tokenOf({ ...named, documents: ['1.2.4', '1.2.3'], to: doctor.toUpperCase() })).toBe(token);
    const others = [{ to: 'b@c.mssante.test' }, { documents: ['1.2.5'] }, { secret: Buffer.from('two') }, { documents: ['1.2.3'] }, { documents: ['1.2.3', '1.2.4', '1.2.5'] }, { deletion: true }, { from: 'c@b.mssante.test' }, { audience: 'patient' as const }].map((changed) => tokenOf({ ...named, ...changed }));
    expect(new Set([token, ...others]).size).toBe(9);
    expect(messageIdOf(token, 'a@B.mssante.test')).toBe(`<${token}@b.mssante.test>`);
    expect(oidOf('f'.repeat(32))).toBe('2.25.340282366920938463463374607431768211455');
  });
  test('a patient\'s address, which is the INS, is nowhere in it', () => {
    expect(tokenOf({ ...named, audience: 'patient', to: '279035121518989@patient.mssante.fr' })).toBe(tokenOf({ ...named, audience: 'patient', to: '185076322000111@patient.mssante.fr' }));
  });
});

describe('body (CORPSMAIL)', () => {
  const body = (changed: Partial<MailContent>, pdfs = 1) => bodyOf({ ...content(), ...changed }, pdfs);
  test('the sender\'s own, else a default one that says what is to be done', () => {
    expect(body({ body: 'Cher confrère,\r\nci-joint.' })).toBe('Cher confrère,\nci-joint.');
    expect(body({ body: '  ' })).toContain('ci-joint un document de santé');
    expect(body({ action: 'replace' })).toContain('annule et remplace');
    expect(body({ action: 'delete' })).toContain('doit être supprimé');
    expect(body({ action: 'delete', audience: 'patient' })).toContain('doit être supprimé');
  });
  test('a patient is not told of the archive, nor anybody of a PDF that is not there', () => {
    expect(body({ audience: 'patient' })).not.toContain('IHE_XDM');
    expect(body({}, 0)).not.toContain('PDF');
    expect(body({}, 2)).toContain('Les fichiers PDF');
  });
});

describe('headers (mss.md §3.1)', () => {
  test('NIL, CODECDA and INS on every mail with a document', () => {
    expect(mail().headers).toEqual([{ key: 'X-MSS-NIL', value: 'NIL-TEST-1' }, { key: 'X-MSS-CODECDA', value: '18748-4' }, { key: 'X-MSS-INS', value: 'O' }]);
  });
  test('INS is N when the identity is not qualified, or a trait is missing; the metadata then have none', () => {
    expect(header('X-MSS-INS', {}, false)).toBe('N');
    expect(JSON.stringify(mail({}, doctor, false).submission)).not.toContain('279035121518989');
    expect(mail({}, doctor, false).submission.submissionSet.patientId).toContain('4100027');
    const [one] = content().documents;
    expect(header('X-MSS-INS', { documents: [{ ...one!, traits: false }] })).toBe('N');
  });
  test('several codes are separated by commas, each once', () => {
    const [one] = content().documents;
    const other = { ...one!, entry: { ...one!.entry, typeCode: { code: '11502-2', scheme: 'x', display: '' } } };
    expect(header('X-MSS-CODECDA', { documents: [one!, other, one!] })).toBe('18748-4,11502-2');
  });
  test('FIN only to a patient who may not answer, who is then given no address', () => {
    const patient = { audience: 'patient', patientCannotReply: true, replyTo: 'x@y.mssante.test' } as const;
    expect(header('X-MSS-MES', patient)).toBe('FIN');
    expect(mail(patient).replyTo).toBe('');
    expect(header('X-MSS-MES', { ...patient, audience: 'professional' })).toBeUndefined();
    expect(header('X-MSS-MES', { ...patient, patientCannotReply: false })).toBeUndefined();
    expect(mail({ ...patient, patientCannotReply: false }).replyTo).toBe('x@y.mssante.test');
  });
  test.each(['a@x.mssante.test, b@y.mssante.test', 'a@x.mssante.test\r\nRCPT TO:<b@y.fr>', 'a(b)@x.mssante.test', '<a@x.mssante.test>', 'a\u0001@x.mssante.test', 'a@x', ''])('%j is not one recipient', (to) => {
    expect(() => mail({}, to)).toThrow(TypeError);
  });
  test('a reading notice is asked for at the sending mailbox when the sender wants one', () => {
    expect(header('Disposition-Notification-To', { reading: true })).toBe('imagerie@saint-aubin.mssante.test');
    expect(header('Disposition-Notification-To')).toBeUndefined();
  });
  test('the names are of this installation: another one, or nobody\'s, makes others of the same mail', () => {
    const of = (secret?: Uint8Array) => mailOf(content(), doctor, true, mssanteConfig({ host: 'h', from: { name: 'L', address: 'l@x.mssante.test' }, nil: 'N' }, 'mssante', { production: false, ...(secret === undefined ? {} : { secret }) })).token;
    expect(new Set([of(), of(Buffer.alloc(32, 1)), of(Buffer.alloc(32, 2))]).size).toBe(3);
    expect(of(Buffer.alloc(32, 1))).toBe(of(Buffer.alloc(32, 1)));
  });
  test('a replacement and a deletion name the mail they are about', () => {
    const original = mail();
    const [one] = content().documents;
    expect(mail({ action: 'delete', earlier: [one!.entry.uniqueId] }).earlier).toEqual([original.messageId]);
    const replacing = mailOf(contentOf([cdaOf(2)], { action: 'replace', earlier: [one!.entry.uniqueId] }), doctor, true, config);
    expect(replacing.earlier).toEqual([original.messageId]);
    expect(replacing.messageId).not.toBe(original.messageId);
    expect(replacing.submission.documents[0]?.slots).toEqual({ action: ['C'] });
    expect(mail({ action: 'delete', earlier: [] }).submission.documents[0]?.slots).toEqual({ action: ['D'] });
  });
});

describe('the frozen envelope', () => {
  test('is the same every time, its documents by name, its notices\' key in it', () => {
    const made = () => prepareMail(workOf(content()), config, null);
    expect(made()).toEqual(made());
    const { envelope: { steps } } = made();
    expect(steps.map(({ name }) => name)).toEqual(['mail', 'document']);
    expect(steps[1]?.body).toEqual([{ document: 'document-1', encoding: 'raw' }]);
    expect(steps[0]?.meta.controlId).toBe(mail().token);
  });
  test('shows headers by their names and attachments', () => {
    expect(prepareMail(workOf(content({ reading: true })), config, null).headers).toMatchObject({
      From: 'CH fictif de Saint-Aubin – Imagerie <imagerie@saint-aubin.mssante.test>', To: doctor, Subject: 'XDM/1.0/DDM+CR d\'imagerie médicale MARTIN Dominique 28/03/1979', Date: 'Fri, 20 Nov 2026 10:20:00 +0000',
      'X-MSS-NIL': 'NIL-TEST-1', 'X-MSS-CODECDA': '18748-4', 'X-MSS-INS': 'O', 'Disposition-Notification-To': 'imagerie@saint-aubin.mssante.test',
      attachments: ['IHE_XDM.zip', '20261120_CR d\'imagerie médicale_MARTIN_Dominique.pdf'],
    });
  });
  test('a recipient found in the directory is used; without any there is no mail', () => {
    const unknown = workOf(content({ to: null }));
    expect(prepareMail(unknown, config, { to: doctor }).headers.To).toBe(doctor);
    expect(() => prepareMail(unknown, config, null)).toThrow(TypeError);
  });
});
