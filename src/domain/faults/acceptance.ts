import { faults } from '../fault.ts';

/** Faults of taking a message in once its transport has delivered it: exactly-once, and stages that failed on it. */
export const acceptanceFaults = faults({
  'intake.control-id-reused': {
    stage: 'intake', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'MSH-10 a déjà servi pour un autre contenu, accepté depuis.', en: 'MSH-10 was already used for other content, accepted since.' },
    advice: { fr: 'Donnez un identifiant unique à chaque message ; un renvoi doit être identique à l’original (MSH-7 mis à part).', en: 'Give each message a unique id; a resend must be identical to the original (MSH-7 apart).' },
    spec: 'HL7 v2.5 §2.15.9.10 ; table 0357, 205', hl7: { ack: 'AE', err3: 205 }, http: 422, issue: 'duplicate',
  },
  'intake.control-id-reused-volet': {
    stage: 'intake', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'MSH-10 a déjà servi pour un autre contenu, accepté depuis.', en: 'MSH-10 was already used for other content, accepted since.' },
    advice: { fr: 'Donnez un identifiant unique à chaque message ; un renvoi doit être identique à l’original (MSH-7 mis à part).', en: 'Give each message a unique id; a resend must be identical to the original (MSH-7 apart).' },
    spec: 'CI-SIS Transmission CDA-R2 HL7 v2 2.1, ERR-3 207 / ERR-5 906', hl7: { ack: 'AE', err3: 207, err5: 906 }, http: 422, issue: 'duplicate',
  },
  'intake.pending': {
    stage: 'intake', severity: 'error', class: 'transient', blame: 'us',
    text: { fr: 'Ce message est déjà reçu et encore en traitement.', en: 'This message was already received and is still being processed.' },
    advice: { fr: 'Renvoyez-le plus tard, à l’identique : il recevra la réponse du premier.', en: 'Send it again later, unchanged: it gets the first one’s answer.' },
    spec: 'Passerelle, réception exactement une fois', hl7: { ack: 'AR', err3: 207 }, http: 503, issue: 'transient',
  },
  'intake.stages-failed': {
    stage: 'intake', severity: 'error', class: 'permanent', blame: 'us',
    text: { fr: 'Le traitement de ce message a échoué : il est conservé et mis de côté pour un opérateur.', en: 'Processing this message failed: it is kept and set aside for an operator.' },
    advice: { fr: 'Signalez la trace à l’exploitant de la plateforme ; une fois la cause levée, le même message peut être renvoyé.', en: 'Tell the platform’s operator the trace; once the cause is gone, the same message may be sent again.' },
    spec: 'Passerelle invariant 7', hl7: { ack: 'AE', err3: 207, err5: 906 }, http: 422, issue: 'exception',
  },
});
