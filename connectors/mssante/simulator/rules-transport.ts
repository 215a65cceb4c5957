import { domainOf, isPatient, type Mail } from './mail.ts';
import { broken, rule, unless, type Rule } from './rule.ts';

const said: Readonly<Record<string, string>> = { clear: 'TLS', absent: 'certificate', untrusted: 'chain', expired: 'dates', purpose: 'extendedKeyUsage', revoked: 'CRL' };
const addressed = (mail: Mail): string[] => [...mail.to, ...mail.cc].map(({ address }) => address.toLowerCase());
const sentTo = (mail: Mail): string[] => mail.envelope.recipients.map(({ address }) => address.toLowerCase());

/** The connection and the SMTP envelope. */
export const transportRules: readonly Rule[] = [
  rule('client-certificate', 'Réf. n° 2 ECO.1.1.5, ECO.1.1.6, ECO.1.1.10; mss.md §2.2', 'Le client se connecte en TLS et présente un certificat de l\'autorité admise, valide, pour client, non révoqué.', 'The client connects over TLS and shows a certificate of the accepted authority: valid, for clients, not revoked.',
    ({ connection: { fault, subject } }) => (fault === null ? [] : broken(said[fault] ?? fault, subject))),
  rule('tls-version', 'Réf. n° 2 ECO.1.1.1', 'TLS 1.2 au moins.', 'TLS 1.2 at least.', ({ connection: { protocol } }) => (protocol === '' ? null : unless(/^TLSv1\.[23]$/.test(protocol), 'TLS', protocol))),
  rule('envelope-from', 'RFC 5321 §4.5.5; mss.md §9.3', 'MAIL FROM est l\'adresse de From : les avis de remise y reviennent.', 'MAIL FROM is the address of From: delivery notices come back to it.',
    (mail) => (mail.from.length === 1 ? unless(mail.envelope.from.toLowerCase() === mail.from[0]?.address.toLowerCase(), 'MAIL FROM', mail.envelope.from) : null)),
  rule('recipients-shown', 'mss.md §9.3', 'Chaque destinataire de l\'enveloppe est dans To ou Cc : personne n\'est en copie cachée.', 'Every recipient of the envelope is in To or Cc: nobody is copied in secret.',
    (mail) => sentTo(mail).filter((one) => !addressed(mail).includes(one)).flatMap((one) => broken('RCPT TO', one))),
  rule('recipients-sent', 'mss.md §9.3', 'To et Cc ne nomment que des destinataires de cet envoi : les autres ne sont pas divulgués.', 'To and Cc name recipients of this sending only: the others are not disclosed.',
    (mail) => addressed(mail).filter((one) => !sentTo(mail).includes(one)).flatMap((one) => broken('To', one))),
  rule('no-bcc', 'RFC 5322 §3.6.3', 'Bcc n\'est pas transmis.', 'Bcc is not transmitted.', (mail) => mail.headers.filter(({ name }) => /^bcc$/i.test(name)).flatMap(({ value }) => broken('Bcc', value))),
  rule('patient-alone', 'mss.md §3.3', 'Un courriel à un patient n\'a que lui pour destinataire.', 'A mail to a patient has no other recipient.',
    (mail) => (sentTo(mail).some(isPatient) ? unless(sentTo(mail).length === 1, 'RCPT TO', String(sentTo(mail).length)) : null)),
  rule('trust-space', 'mss.md §1, §2.1', 'Le domaine de chaque destinataire est de l\'espace de confiance.', 'Every recipient\'s domain is of the trust space.',
    (mail) => sentTo(mail).filter((one) => !mail.trusted(domainOf(one))).flatMap((one) => broken('RCPT TO', domainOf(one)))),
  rule('from-trust-space', 'mss.md §1', 'From est une adresse de l\'espace de confiance.', 'From is an address of the trust space.',
    (mail) => mail.from.filter(({ address }) => !mail.trusted(domainOf(address))).flatMap(({ address }) => broken('From', address))),
  rule('reply-trust-space', 'mss.md §3.1, §4', 'Reply-To est une adresse de l\'espace de confiance.', 'Reply-To is an address of the trust space.',
    (mail) => (mail.replyTo.length === 0 ? null : mail.replyTo.filter(({ address }) => !mail.trusted(domainOf(address))).flatMap(({ address }) => broken('Reply-To', address)))),
  rule('envid', 'RFC 3461 §4.4; mss.md §8', 'Un avis de remise demandé a un ENVID fait de lettres, chiffres et tirets : c\'est lui qui le rattache.', 'A delivery notice that is asked for has an ENVID of letters, digits and hyphens: it is what links it.',
    ({ envelope }) => (envelope.recipients.some(({ notify }) => notify.length > 0 && !notify.includes('NEVER')) ? unless(/^[A-Za-z0-9-]{1,100}$/.test(envelope.envid), 'ENVID', envelope.envid) : null)),
  rule('size', 'Mon espace santé §6 (25 Mo); MSS/va1.13', 'La taille du courriel ne dépasse pas la limite, encodage compris.', 'The mail\'s size, encoding included, is within the limit.', (mail) => unless(mail.raw.length <= mail.limitBytes, 'DATA', String(mail.raw.length))),
];
