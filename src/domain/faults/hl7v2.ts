import { faults } from '../fault.ts';

/** Faults of the HL7 v2 syntax itself: what the codec can see without knowing the message's purpose. */
export const hl7v2Faults = faults({
  'hl7v2.no-msh': {
    stage: 'formats', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le message ne commence pas par un segment MSH.', en: 'The message does not start with an MSH segment.' },
    advice: { fr: 'Vérifiez que l’émetteur envoie bien un message HL7 v2 entre 0x0B et 0x1C 0x0D.', en: 'Check that the sender frames an HL7 v2 message between 0x0B and 0x1C 0x0D.' },
    spec: 'HL7 v2.5 §2.14.9', hl7: { ack: 'AR', err3: 100 }, http: 503, issue: 'structure',
  },
});
