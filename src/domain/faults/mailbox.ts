import { faults } from '../fault.ts';

/** Faults of a mailbox that notices come by. `{0}` is a code of the system, of TLS or of IMAP. */
export const mailboxFaults = faults({
  'mailbox.unreachable': {
    stage: 'intake', severity: 'error', class: 'transient', blame: 'receiver', spec: 'Référentiel socle MSSanté #2, ECO.1.0.2',
    text: { fr: 'La boîte aux lettres ne répond pas ({0}).', en: 'The mailbox does not answer ({0}).' },
    advice: { fr: 'Vérifiez l’adresse, le port et le certificat client de l’opérateur ; les avis seront relevés dès qu’elle répondra.', en: 'Check the operator’s address, port and client certificate; notices are fetched as soon as it answers.' },
  },
  'mailbox.login-refused': {
    stage: 'intake', severity: 'error', class: 'configuration', blame: 'operator', spec: 'Référentiel socle MSSanté #2, ECO.1.2.1',
    text: { fr: 'La boîte aux lettres refuse l’identification ({0}).', en: 'The mailbox refuses the login ({0}).' },
    advice: { fr: 'Vérifiez « user » et le mot de passe ou le jeton du point d’entrée.', en: 'Check the listener’s "user" and its password or token.' },
  },
  'mailbox.unusable': {
    stage: 'intake', severity: 'error', class: 'configuration', blame: 'operator', spec: '',
    text: { fr: 'La boîte aux lettres ne peut pas être relevée ({0}).', en: 'The mailbox cannot be read ({0}).' },
    advice: { fr: 'Vérifiez que le dossier existe et que la passerelle peut y écrire.', en: 'Check that the folder exists and that the gateway may write to it.' },
  },
  'mailbox.too-large': {
    stage: 'intake', severity: 'error', class: 'permanent', blame: 'sender', spec: '',
    text: { fr: 'Un courriel dépasse « maxBytes » : il reste dans la boîte, marqué $GwTooLarge, et n’a pas été pris.', en: 'A mail is over "maxBytes": it stays in the mailbox, marked $GwTooLarge, and was not taken.' },
    advice: { fr: 'Lisez-le dans la boîte, ou relevez « maxBytes » et ôtez la marque.', en: 'Read it in the mailbox, or raise "maxBytes" and take the mark off.' },
  },
  'mailbox.report-unreadable': {
    stage: 'intake', severity: 'warning', class: 'permanent', blame: 'receiver', spec: 'RFC 3464 ; RFC 8098',
    text: { fr: 'Un avis de la boîte ne dit rien qui se lise : conservé au journal, il reste dans la boîte pour une personne.', en: 'A notice of the mailbox tells nothing that can be read: kept in the journal, it stays in the mailbox for a person.' },
    advice: { fr: 'Listez-les (messages list --type MAIL^unreadable), lisez-le et traitez la remise concernée à la main.', en: 'List them (messages list --type MAIL^unreadable), read it and handle the delivery it is about by hand.' },
  },
  'mailbox.mail-unreadable': {
    stage: 'intake', severity: 'error', class: 'transient', blame: 'receiver', spec: '',
    text: { fr: 'Le serveur ne donne pas un courriel de la boîte ; les suivants sont relevés.', en: 'The server does not give one mail of the mailbox; the next ones are fetched.' },
    advice: { fr: 'Lisez-le dans la boîte ; il est redemandé à chaque relève.', en: 'Read it in the mailbox; it is asked for again at each look.' },
  },
});
