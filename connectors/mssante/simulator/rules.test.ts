import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openPool, pki, send, start, type Pool } from '../../../test/mssante/client.ts';
import { pdfBytes } from '../../../test/mssante/good-documents.ts';
import { goodMail, patient, recipient, sender, type Attachment, type Draft } from '../../../test/mssante/good-mail.ts';
import { testPki } from '../../../src/sandbox/pki.ts';
import { inTheClear } from './certificate.ts';
import { judge, rules } from './judge.ts';
import { readMail } from './read-mail.ts';
import type { MssSimulator } from './simulator.ts';

let simulator: MssSimulator, pool: Pool;
beforeAll(async () => {
  simulator = await start({ gate: 'open', trusted: ['labo-b.mssante.test', 'hopital-a.mssante.test'], nil: '12345' });
  pool = openPool(simulator);
});
afterAll(async () => { pool.close(); await simulator.close(); });
beforeEach(() => { simulator.reset(); });

type Spoil = (draft: Draft) => void;
const patientAddress = `${patient.matricule}@patient.mssante.test`;
const header = (name: string, value: string | null): Spoil => (draft) => { draft.headers = [...draft.headers.filter(([one]) => one !== name), ...(value === null ? [] : [[name, value] as [string, string]])]; };
const to = (...addresses: string[]): Spoil => (draft) => { draft.to = addresses; draft.envelope.to = addresses; };
const metadata = (from: string | RegExp, by: string): Spoil => (draft) => { draft.metadata = (xml) => { expect(xml).toMatch(from); return xml.replace(from, by); }; };
const raw = (from: string | RegExp, by: string): Spoil => (draft) => { draft.raw = (text) => { expect(text).toMatch(from); return text.replace(from, by); }; };
const attachment = (at: number, change: (one: Attachment, all: Attachment[]) => void): Spoil => (draft) => { draft.attachments = (all) => { change(all[at]!, all); }; };
const cda = (from: string | RegExp, by: string): Spoil => (draft) => { draft.cda = (xml) => xml.replace(from, by); };
const files = (change: (all: Map<string, Buffer>) => void): Spoil => (draft) => { draft.files = change; };
const second = (draft: Draft): void => { draft.documents.push({ ...draft.documents[0]!, id: '1.2.250.1.999.1.1.7.31.2', pdf: pdfBytes('Deuxième') }); };
const both = (...all: Spoil[]): Spoil => (draft) => { for (const one of all) one(draft); };
const hash = 'rim:Slot name="hash"><rim:ValueList><rim:Value>';
const subject = (text: string): Spoil => (draft) => { draft.subject = text; };
const metadataFile = 'IHE_XDM/SUBSET01/METADATA.XML';

const withoutDocument: Spoil = (draft) => { draft.attachments = (all) => { all.length = 0; }; draft.subject = 'Bonjour'; header('X-MSS-INS', null)(draft); header('X-MSS-CODECDA', null)(draft); };

/** One thing wrong each; the rule that must say so, and no other. */
const mutations: readonly (readonly [string, string, Spoil])[] = [
  // The envelope.
  ['envelope-from', 'MAIL FROM is another mailbox', (draft) => { draft.envelope.from = 'autre@labo-b.mssante.test'; }],
  ['recipients-shown', 'a recipient in secret copy', (draft) => { draft.envelope.to.push('cache@hopital-a.mssante.test'); }],
  ['recipients-sent', 'To names somebody else', (draft) => { draft.to.push('autre@hopital-a.mssante.test'); }],
  ['no-bcc', 'Bcc transmitted', header('Bcc', recipient)],
  ['patient-alone', 'patient and doctor in one mail', to(patientAddress, recipient)],
  ['trust-space', 'a domain outside the trust space', to('camille@exemple.test')],
  ['from-trust-space', 'From outside the trust space', (draft) => { draft.from = '"Laboratoire B" <labo@exemple.test>'; draft.envelope.from = 'labo@exemple.test'; header('Disposition-Notification-To', 'labo@exemple.test')(draft); }],
  ['reply-trust-space', 'Reply-To outside the trust space', header('Reply-To', 'secretariat@exemple.test')],
  ['envid', 'a notice asked for without a good ENVID', (draft) => { draft.envelope.envid = 'id de l\'envoi'; }],
  // Headers.
  ['required-headers', 'no Date', raw(/Date: [^\r]*\r\n/, '')],
  ['headers-once', 'X-MSS-NIL twice', (draft) => { draft.headers.push(['X-MSS-NIL', '12345']); }],
  ['date', 'a Date that is none', raw(/Date: [^\r]*/, 'Date: 2026-11-20T12:00:00Z')],
  ['from-display-name', 'From without a name', (draft) => { draft.from = sender; }],
  ['from-person-name', 'a person\'s name in small letters', (draft) => { draft.from = `"Dr_Marie_Durand_Cabinet" <${sender}>`; }],
  ['no-sender', 'Sender transmitted', header('Sender', sender)],
  ['message-id', 'no Message-ID', header('Message-ID', null)],
  ['message-id', 'a Message-ID without domain', header('Message-ID', '<20240220001900.12345>')],
  ['nil', 'no X-MSS-NIL', header('X-MSS-NIL', null)],
  ['nil', 'X-MSS-NIL empty', header('X-MSS-NIL', '')],
  ['nil', 'another product\'s X-MSS-NIL', header('X-MSS-NIL', '99999')],
  ['header-case', 'X-Mss-Ins', (draft) => { header('X-MSS-INS', null)(draft); draft.headers.push(['X-Mss-Ins', 'O']); }],
  ['known-mss-headers', 'an invented X-MSS- header', header('X-MSS-PATIENT', 'oui')],
  ['codecda', 'X-MSS-CODECDA of another document', header('X-MSS-CODECDA', '11502-2')],
  ['codecda', 'no X-MSS-CODECDA', header('X-MSS-CODECDA', null)],
  ['codecda', 'codes with a space', both((draft) => { second(draft); draft.documents[1]!.code = '11502-2'; }, header('X-MSS-CODECDA', '18748-4, 11502-2'))],
  ['ins-flag', 'X-MSS-INS says N of a qualified INS', header('X-MSS-INS', 'N')],
  ['ins-flag', 'X-MSS-INS says O without a sex', cda(/<administrativeGenderCode[^>]*>/, '')],
  ['cda-headers-absent', 'X-MSS-INS without a document', both(withoutDocument, header('X-MSS-INS', 'N'))],
  ['mes', 'X-MSS-MES to a professional', header('X-MSS-MES', 'FIN')],
  ['mes', 'X-MSS-MES that is not FIN', both(to(patientAddress), header('X-MSS-MES', 'OUI'))],
  ['reading-asked-by-sender', 'a reading notice for another mailbox', header('Disposition-Notification-To', 'autre@labo-b.mssante.test')],
  // Bytes.
  ['lines', 'a line of 1 200 characters', raw('MIME-Version', `X-Long: ${'a'.repeat(1200)}\r\nMIME-Version`)],
  ['headers-7bit', 'accents as they are in a header', raw('MIME-Version', 'X-Service: Biologie m\xc3\xa9dicale\r\nMIME-Version')],
  ['encoded-words', 'an encoded word too long', raw('MIME-Version', `X-Service: =?UTF-8?B?${'QUFB'.repeat(20)}?=\r\nMIME-Version`)],
  ['encoded-words', 'a character cut in two words', raw('MIME-Version', 'X-Service: =?UTF-8?Q?m=C3?= =?UTF-8?Q?=A9dicale?=\r\nMIME-Version')],
  ['encoded-words', 'an encoded word in Latin-1', raw('MIME-Version', 'X-Service: =?ISO-8859-1?Q?m=E9dicale?=\r\nMIME-Version')],
  ['mime-closed', 'no closing boundary', raw('--=_b1--\r\n', '')],
  ['text-body', 'an empty body', (draft) => { draft.body = ''; }],
  ['text-utf8', 'a body said to be Latin-1', raw('charset=UTF-8', 'charset=ISO-8859-1')],
  ['text-utf8', 'a body that is Latin-1', raw('Bonjour', 'Bien \xe0 vous. Bonjour')],
  ['transfer-encoding', 'accents under 7bit', raw(/8bit\r\n\r\nBonjour/, '7bit\r\n\r\nBonjour, m\xc3\xa9decin')],
  ['attachment-base64', 'a PDF in 8bit', both((draft) => { draft.documents[0]!.pdf = Buffer.from(pdfBytes('Radio').toString('latin1').replaceAll('\n', '\r\n'), 'latin1'); }, attachment(1, (one) => { one.encoding = '8bit'; }))],
  ['attachment-disposition', 'a PDF shown inline', attachment(1, (one) => { one.disposition = 'inline'; })],
  // The subject.
  ['subject-form', 'a subject of its own', subject('Votre résultat')],
  ['subject-label', 'a label that is not the document\'s', subject('XDM/1.0/DDM+Courrier MARTIN Dominique 28/03/1979')],
  ['subject-label', 'a label over 40 characters', (draft) => { draft.documents[0]!.display = 'Compte rendu de sortie d\'un etablissement de sante'; draft.subject = 'XDM/1.0/DDM+Compte rendu de sortie d\'un etablissement de sante MARTIN Dominique 28/03/1979'; }],
  ['subject-label', 'one label for two documents', both(second, subject('XDM/1.0/DDM+CR d\'imagerie médicale MARTIN Dominique 28/03/1979'))],
  ['subject-patient', 'another patient\'s name', subject('XDM/1.0/DDM+CR d\'imagerie médicale BERNARD Dominique 28/03/1979')],
  ['subject-patient', 'the name in small letters', subject('XDM/1.0/DDM+CR d\'imagerie médicale Martin Dominique 28/03/1979')],
  ['subject-birth-date', 'another birth date', subject('XDM/1.0/DDM+CR d\'imagerie médicale MARTIN Dominique 29/03/1979')],
  ['replacement-subject', 'a replacement that does not say so', (draft) => { draft.documents[0]!.replaces = '1.2.250.1.999.1.1.7.30'; draft.subject = 'XDM/1.0/DDM+CR d\'imagerie médicale MARTIN Dominique 28/03/1979'; }],
  ['replacement-subject', '[Annule et remplace] that replaces nothing', subject('[Annule et remplace] XDM/1.0/DDM+CR d\'imagerie médicale MARTIN Dominique 28/03/1979')],
  // The archive.
  ['xdm-once', 'no archive', both(withoutDocument, subject('XDM/1.0/DDM+CR MARTIN Dominique'))],
  ['xdm-name', 'another name', attachment(0, (one) => { one.name = 'documents.zip'; })],
  ['xdm-type', 'another type', attachment(0, (one) => { one.type = 'application/octet-stream'; })],
  ['xdm-opens', 'a damaged archive', (draft) => { draft.zip = (bytes) => bytes.subarray(0, bytes.length - 40); }],
  ['xdm-names', 'a long file name', (draft) => { draft.files = (all) => { const document = all.get('IHE_XDM/SUBSET01/DOC00001.XML')!; all.delete('IHE_XDM/SUBSET01/DOC00001.XML'); all.set('IHE_XDM/SUBSET01/document_un.xml', document); }; draft.metadata = (xml) => xml.replace('DOC00001.XML', 'document_un.xml'); }],
  ['xdm-layout', 'no INDEX.HTM', files((all) => { all.delete('INDEX.HTM'); })],
  ['metadata-readable', 'METADATA.XML not well-formed', files((all) => { all.set(metadataFile, Buffer.from('<lcm:SubmitObjectsRequest>')); })],
  ['metadata-readable', 'another root', files((all) => { all.set(metadataFile, Buffer.from('<a/>')); })],
  ['metadata-set', 'no submission time', metadata('submissionTime', 'submissionDate')],
  ['metadata-members', 'a document outside the set', metadata('AssociationType:HasMember', 'AssociationType:IsPartOf')],
  ['metadata-required', 'no title', metadata(/<rim:Name>.*?<\/rim:Name>/s, '')],
  ['metadata-files', 'a URI that names nothing', metadata('DOC00001.XML', 'DOC00009.XML')],
  ['metadata-files', 'a file without entry', files((all) => { all.set('IHE_XDM/SUBSET01/DOC00009.PDF', Buffer.from('%PDF-1.4')); })],
  ['metadata-hash', 'another hash', metadata(new RegExp(`${hash}[0-9a-f]{4}`), `${hash}0000`)],
  ['metadata-size', 'another size', metadata(/(name="size"><rim:ValueList><rim:Value>)\d+/, '$117')],
  ['cda-readable', 'a document that is no CDA', (draft) => { draft.cda = () => '<a/>'; }],
  ['cda-readable', 'a document that is not well-formed', (draft) => { draft.cda = (xml) => xml.replace('</ClinicalDocument>', ''); }],
  ['metadata-unique-id', 'another uniqueId', metadata('value="1.2.250.1.999.1.1.7.31.1"', 'value="1.2.250.1.999.1.1.7.31.9"')],
  ['metadata-type-code', 'another typeCode', metadata('nodeRepresentation="18748-4"', 'nodeRepresentation="11502-2"')],
  ['metadata-mime-type', 'another mimeType', metadata('mimeType="text/xml"', 'mimeType="application/xml"')],
  // The patient.
  ['patient-id-form', 'a bare number for patientId', metadata(/value="279035121518989\^[^"]*"/g, 'value="4100027"')],
  ['one-patient', 'another patient in METADATA.XML', metadata(/value="279035121518989\^/g, 'value="185076322000111^')],
  ['one-patient', 'two patients in two documents', both((draft) => { second(draft); draft.documents[1]!.patient = { ...patient, matricule: '185076322000111' }; })],
  ['one-person', 'two birth dates', both((draft) => { second(draft); draft.documents[1]!.patient = { ...patient, birth: '19790329' }; draft.metadata = (xml) => { const at = xml.lastIndexOf('PID-7|19790328'); return `${xml.slice(0, at)}PID-7|19790328${xml.slice(at + 14)}`; }; })],
  ['patient-traits', 'another sex in sourcePatientInfo', metadata('PID-8|F', 'PID-8|M')],
  ['ins-key', 'a wrong key', (draft) => { draft.patient.matricule = '279035121518980'; }],
  ['no-ins-outside', 'the matricule in the body', (draft) => { draft.body = `Patient ${patient.matricule}`; }],
  ['no-ins-outside', 'the matricule in a Message-ID', header('Message-ID', `<${patient.matricule}@labo-b.mssante.test>`)],
  ['patient-address', 'the address of another patient', to('185076322000111@patient.mssante.test')],
  ['patient-qualified', 'a patient without qualified INS', both((draft) => { draft.patient.matricule = ''; }, to('185076322000111@patient.mssante.test'), header('X-MSS-INS', 'N'))],
  ['patient-may-see', 'a document the patient may not see', both(to(patientAddress), metadata('nodeRepresentation="N"', 'nodeRepresentation="INVISIBLE_PATIENT"'))],
  // The PDF.
  ['pdf-per-cda', 'no PDF', attachment(1, (_, all) => { all.pop(); })],
  ['pdf-per-cda', 'one PDF for two documents', both(second, (draft) => { draft.documents[1]!.pdf = null; })],
  ['pdf-type', 'a PDF of no type', attachment(1, (one) => { one.type = 'application/octet-stream'; })],
  ['pdf-opens', 'a PDF that is none', (draft) => { draft.documents[0]!.pdf = Buffer.from('<html></html>'); }],
  ['pdf-from-cda', 'another PDF than the document\'s', attachment(1, (one) => { one.content = pdfBytes('Un autre'); })],
  ['pdf-name', 'a name of its own', attachment(1, (one) => { one.name = 'resultat.pdf'; })],
  ['pdf-name-day', 'another day', attachment(1, (one) => { one.name = one.name.replace('20261120', '20261119'); })],
  ['pdf-name-patient', 'another name', attachment(1, (one) => { one.name = one.name.replace('MARTIN', 'BERNARD'); })],
  ['pdf-names-differ', 'twice the same name', both(second, attachment(2, (one, all) => { one.name = all[1]!.name; }))],
  ['no-other-attachment', 'a text beside', attachment(0, (_, all) => { all.push({ name: 'notes.txt', type: 'text/plain', content: Buffer.from('notes'), disposition: 'attachment', encoding: 'base64' }); })],
];

/** Only warnings: shown, never counted. */
const warnings: readonly (readonly [string, string, Spoil])[] = [
  ['pdf-a', 'a PDF that claims nothing', (draft) => { draft.documents[0]!.pdf = Buffer.from('%PDF-1.4\n%%EOF\n'); }],
  ['replacement-association', 'a replacement that the submission does not say', (draft) => { draft.documents[0]!.replaces = '1.2.250.1.999.1.1.7.30'; draft.metadata = (xml) => xml.replace(/<rim:Association id="rp0"[^>]*>/, ''); }],
];

const brokenBy = async (spoil: Spoil): Promise<{ failed: readonly string[]; all: string[] }> => {
  expect(await pool.send(await goodMail(spoil))).toMatchObject({ ok: true });
  const last = simulator.received.at(-1);
  return { failed: last?.failed ?? [], all: last?.verdicts.filter(({ state }) => state === 'broken').map(({ rule }) => rule.id) ?? [] };
};

describe('one thing wrong: one rule says so', () => {
  test.each(mutations)('%s: %s', async (id, _, spoil) => { expect((await brokenBy(spoil)).failed).toEqual([id]); });
  test.each(warnings)('%s warns: %s', async (id, _, spoil) => { expect(await brokenBy(spoil)).toEqual({ failed: [], all: [id] }); });
});

describe('what is as good', () => {
  const accents: Spoil = (draft) => { draft.patient = { ...draft.patient, family: 'D\'HÉROUVILLE-SAINT-CLAIR', given: 'Anne-Zoé' }; };
  const corsica: Spoil = (draft) => { draft.patient.matricule = '279032A00412374'; };
  test.each<[string, Spoil]>([
    ['accents, apostrophe, hyphens', accents], ['a Corsican matricule', corsica], ['a name of 60 characters', (draft) => { draft.patient.family = 'A'.repeat(60); }],
    ['two documents', second], ['no birth date in the subject', subject('XDM/1.0/DDM+CR d\'imagerie médicale MARTIN Dominique')],
    ['a patient', to(patientAddress)], ['a patient who cannot answer', both(to(patientAddress), header('X-MSS-MES', 'FIN'))],
    ['no notice asked', (draft) => { draft.envelope.notify = []; draft.envelope.envid = ''; header('Disposition-Notification-To', null)(draft); }],
    ['an identity that is not qualified', both((draft) => { draft.patient.matricule = ''; }, header('X-MSS-INS', 'N'))],
    ['a mail without document', withoutDocument],
  ])('%s', async (_, spoil) => { expect((await brokenBy(spoil)).failed).toEqual([]); });
});

describe('what a mail is to those before it', () => {
  const original = '<0190-1@labo-b.mssante.test>';
  const replacing: Spoil = (draft) => { draft.documents[0]!.id = '1.2.250.1.999.1.1.7.32'; draft.documents[0]!.replaces = '1.2.250.1.999.1.1.7.31.1'; header('Message-ID', '<0190-2@labo-b.mssante.test>')(draft); };
  test('a replacement must name the mail it replaces, when that mail is known', async () => {
    await brokenBy(() => undefined);
    expect((await brokenBy(replacing)).failed).toEqual(['replacement-reference']);
    expect((await brokenBy(both(replacing, header('Message-ID', '<0190-3@labo-b.mssante.test>'), header('In-Reply-To', original), header('References', original)))).failed).toEqual([]);
  });
  test('a Message-ID used again for another mail, or another person', async () => {
    await brokenBy(() => undefined);
    expect((await brokenBy((draft) => { draft.body = 'Autre chose'; })).failed).toEqual(['message-id-unique']);
    expect((await brokenBy(to('autre@hopital-a.mssante.test'))).failed).toEqual(['message-id-unique']);
  });
});

describe('who brings it', () => {
  test.each([['no certificate', null], ['of another authority', 'foreign'], ['expired', 'expired']])('client-certificate: %s', async (_, which) => {
    const identity = which === null ? null : which === 'foreign' ? testPki('Autre', Date.now()).issue('client', 'x') : pki.issue('client', 'x', { validTo: Date.now() - 1 });
    await send(simulator, await goodMail(), { identity });
    expect(simulator.received.at(-1)?.failed).toEqual(['client-certificate']);
  });
  const given = async (over: Partial<Parameters<typeof readMail>[1]>, bytes?: Buffer): Promise<string[]> => {
    const { raw: good } = await goodMail();
    const mail = await readMail(bytes ?? good, {
      connection: { protocol: 'TLSv1.3', subject: 'CN=lis', fault: null }, earlier: new Map(), trusted: () => true, limitBytes: 25 << 20, nil: null,
      envelope: { from: sender, recipients: [{ address: recipient, notify: [], orcpt: '' }], envid: '', ret: '', body: '' }, ...over,
    });
    return judge(mail).filter(({ state }) => state === 'broken').map(({ rule }) => rule.id);
  };
  test('in the clear; with an old TLS; too big; bare line feeds', async () => {
    expect(await given({})).toEqual([]);
    expect(await given({ connection: inTheClear })).toEqual(['client-certificate']);
    expect(await given({ connection: { protocol: 'TLSv1.1', subject: '', fault: null } })).toEqual(['tls-version']);
    expect(await given({ limitBytes: 1000 })).toEqual(['size']);
    expect(await given({}, Buffer.from((await goodMail()).raw.toString('latin1').replace('Bonjour', 'Bonjour\n'), 'latin1'))).toEqual(['lines']);
  });
});

test('every rule is broken by some mail above', () => {
  const shown = new Set([...mutations, ...warnings].map(([id]) => id).concat('client-certificate', 'tls-version', 'size', 'message-id-unique', 'replacement-reference'));
  expect(rules.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
});
