import { cdas, header, isPatient, type HeaderLine, type Mail } from './mail.ts';
import { broken, rule, unless, withCda, type Rule } from './rule.ts';

const once = ['From', 'To', 'Cc', 'Subject', 'Date', 'Message-ID', 'Reply-To', 'In-Reply-To', 'References', 'MIME-Version', 'Content-Type', 'Disposition-Notification-To', 'X-MSS-NIL', 'X-MSS-INS', 'X-MSS-CODECDA', 'X-MSS-MES'];
const count = ({ headers }: Mail, name: string): number => headers.filter((one) => one.name.toLowerCase() === name.toLowerCase()).length;
const mss = ({ headers }: Mail): readonly HeaderLine[] => headers.filter(({ name }) => /^x-mss-/i.test(name));
const codes = (text: string): string => [...new Set(text.split(',').map((one) => one.trim()))].sort().join(',');
const messageId = /^<[^<>@\s]+@[^<>@\s]+>$/;

/** Four traits and a matricule under an INS OID, in every document (ECO.2.4.2). */
export const qualified = (mail: Mail): boolean => cdas(mail).length > 0 && cdas(mail).every(({ ins, family, given, birth, sex }) => ins.length > 0 && family !== '' && given !== '' && /^\d{8}$/.test(birth) && /^[MF]$/.test(sex));

/** The headers of RFC 5322 and those of MSSanté. */
export const headerRules: readonly Rule[] = [
  rule('required-headers', 'RFC 5322 §3.6; Réf. n° 2 ECO.2.2.1', 'From, To, Date, Subject et MIME-Version sont là.', 'From, To, Date, Subject and MIME-Version are there.',
    (mail) => ['From', 'To', 'Date', 'Subject', 'MIME-Version'].filter((name) => (header(mail, name)?.value ?? '') === '').flatMap((name) => broken(name))),
  rule('headers-once', 'RFC 5322 §3.6', 'Ces en-têtes ne sont écrits qu\'une fois.', 'These headers are written once only.', (mail) => once.filter((name) => count(mail, name) > 1).flatMap((name) => broken(name))),
  rule('date', 'RFC 5322 §3.3', 'Date est une date de courriel, avec son décalage.', 'Date is a mail date with its offset.', (mail) => {
    const value = header(mail, 'Date')?.value;
    return value === undefined ? null : unless(/^([A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(:\d\d)? [+-]\d{4}( \([^)]*\))?$/.test(value) && !Number.isNaN(Date.parse(value)), 'Date', value);
  }),
  rule('from-display-name', 'Réf. n° 2 ECO.2.2.7', 'From porte un intitulé lisible (« Intitulé <adresse> »), et un seul expéditeur.', 'From bears a readable name ("Name <address>"), of one sender.',
    (mail) => (mail.from.length === 0 ? null : unless(mail.from.length === 1 && /\p{L}{2}/u.test(mail.from[0]?.name ?? '') && !(mail.from[0]?.name ?? '').includes('@'), 'From', mail.from[0]?.name ?? ''))),
  rule('from-person-name', 'Réf. n° 2 ECO.2.2.7 (BAL PER)', 'L\'intitulé d\'une personne est Titre_Prénom_NOM_Entité, le nom en majuscules.', 'A person\'s name is Title_Given_FAMILY_Entity, the family name in capitals.', (mail) => {
    const name = mail.from[0]?.name ?? '';
    return name.includes('_') ? unless(name.split('_').slice(1, 3).some((one) => /\p{Lu}/u.test(one) && one === one.toUpperCase()), 'From', name) : null;
  }),
  rule('no-sender', 'volet TDC, mapping-mss : SENDER non transmis', 'Sender n\'est pas transmis.', 'Sender is not transmitted.', (mail) => unless(count(mail, 'Sender') === 0, 'Sender')),
  rule('message-id', 'RFC 5322 §3.6.4; Réf. n° 2 ECO.2.2.1', 'Message-ID est là, de la forme <gauche@domaine>.', 'Message-ID is there, of the form <left@domain>.', (mail) => unless(messageId.test(header(mail, 'Message-ID')?.value ?? ''), 'Message-ID', header(mail, 'Message-ID')?.value)),
  rule('message-id-unique', 'RFC 5322 §3.6.4; mss.md §9.1', 'Un Message-ID ne désigne qu\'un courriel : un renvoi est identique, à la même personne.', 'A Message-ID names one mail only: what is sent again is the same, to the same person.', (mail) => {
    const before = mail.earlier.get(mail.messageId);
    return before === undefined ? [] : unless(before.digest === mail.digest && before.recipients === recipientsOf(mail), 'Message-ID', mail.messageId);
  }),
  rule('nil', 'Réf. n° 2 ECO.2.4.3', 'X-MSS-NIL, numéro de référencement du produit, est sur chaque courriel.', 'X-MSS-NIL, the product\'s reference number, is on every mail.', (mail) => {
    const value = header(mail, 'X-MSS-NIL')?.value ?? '';
    return unless(/^[A-Za-z0-9._-]+$/.test(value) && (mail.nil === null || value === mail.nil), 'X-MSS-NIL', value);
  }),
  rule('header-case', 'mss.md §7', 'Les en-têtes MSSanté sont écrits X-MSS-…, en majuscules : des filtres d\'opérateurs ne connaissent que cette forme.', 'MSSanté headers are written X-MSS-…, in capitals: some operators\' filters know no other form.',
    (mail) => mss(mail).filter(({ name }) => name !== name.toUpperCase()).flatMap(({ name }) => broken(name, name))),
  rule('known-mss-headers', 'Réf. n° 2 §2.4', 'Aucun autre en-tête X-MSS-.', 'No other X-MSS- header.', (mail) => mss(mail).filter(({ name }) => !/^x-mss-(nil|ins|codecda|mes)$/i.test(name)).flatMap(({ name }) => broken(name))),
  rule('codecda', 'Réf. n° 2 ECO.2.4.1', 'X-MSS-CODECDA donne le code de chaque CDA, séparés par des virgules, sans espace.', 'X-MSS-CODECDA gives the code of each CDA, separated by commas, without spaces.', withCda((mail, _, all) => {
    const value = header(mail, 'X-MSS-CODECDA')?.value ?? '';
    return unless(!/\s/.test(value) && codes(value) === codes(all.map(({ code }) => code).join(',')), 'X-MSS-CODECDA', value);
  })),
  rule('ins-flag', 'Réf. n° 2 ECO.2.4.2', 'X-MSS-INS vaut O quand le XDM porte une INS qualifiée (matricule, OID, quatre traits), sinon N.', 'X-MSS-INS is O when the XDM bears a qualified INS (matricule, OID, four traits), else N.',
    withCda((mail) => unless((header(mail, 'X-MSS-INS')?.value ?? '') === (qualified(mail) ? 'O' : 'N'), 'X-MSS-INS', header(mail, 'X-MSS-INS')?.value))),
  rule('cda-headers-absent', 'Réf. n° 2 ECO.2.4.1, ECO.2.4.2', 'Sans CDA, ni X-MSS-CODECDA ni X-MSS-INS.', 'Without a CDA, neither X-MSS-CODECDA nor X-MSS-INS.',
    (mail) => (mail.zips.length > 0 ? null : mss(mail).filter(({ name }) => /^x-mss-(ins|codecda)$/i.test(name)).flatMap(({ name }) => broken(name)))),
  rule('mes', 'Réf. n° 2 ECO.2.2.8', 'X-MSS-MES vaut FIN, et n\'est que sur un courriel à un patient.', 'X-MSS-MES is FIN, and only on a mail to a patient.', (mail) => {
    const given = header(mail, 'X-MSS-MES');
    return given === undefined ? null : unless(given.value === 'FIN' && mail.envelope.recipients.every(({ address }) => isPatient(address)), 'X-MSS-MES', given.value);
  }),
  rule('reading-asked-by-sender', 'Réf. n° 2 ECO.2.3.2; RFC 8098 §2.1', 'Disposition-Notification-To est l\'adresse MSSanté de l\'expéditeur : sinon l\'avis de lecture n\'est pas renvoyé sans question.', 'Disposition-Notification-To is the sender\'s MSSanté address: else the reading notice is not sent without asking.', (mail) => {
    if (count(mail, 'Disposition-Notification-To') === 0) return null;
    const [asked, ...more] = mail.readingAskedBy;
    return unless(more.length === 0 && asked !== undefined && asked.address.toLowerCase() === mail.from[0]?.address.toLowerCase(), 'Disposition-Notification-To', asked?.address);
  }),
];

export const recipientsOf = ({ envelope }: Pick<Mail, 'envelope'>): string => envelope.recipients.map(({ address }) => address.toLowerCase()).sort().join(',');
