import type { MailContent } from './content.ts';

const automatic = 'Ce courriel a été envoyé automatiquement par une messagerie sécurisée de santé.';

/** What a professional is told when the sender wrote nothing; said in so many words for a replacement or a deletion. */
const toProfessional = {
  submit: 'Vous trouverez ci-joint un document de santé concernant une personne que vous prenez en charge.',
  replace: 'Le document ci-joint annule et remplace celui qui vous a été adressé précédemment. Merci de ne plus tenir compte de la version précédente et de la remplacer dans votre logiciel.',
  delete: 'Le document ci-joint, qui vous a été adressé précédemment, doit être supprimé. Merci de ne plus en tenir compte et de le supprimer de votre logiciel.',
} as const;
const toPatient = {
  submit: 'Vous trouverez ci-joint un document de santé vous concernant.',
  replace: 'Le document ci-joint annule et remplace celui qui vous a été adressé précédemment. Merci de ne plus tenir compte de la version précédente.',
  delete: 'Le document ci-joint, qui vous a été adressé précédemment, doit être supprimé. Merci de ne plus en tenir compte.',
} as const;

const parts = (pdfs: number, audience: MailContent['audience']): string => {
  const readable = pdfs === 0 ? '' : pdfs === 1 ? 'Le fichier PDF se lit directement' : 'Les fichiers PDF se lisent directement';
  const archive = audience === 'patient' ? '' : 'l’archive IHE_XDM.zip est destinée à votre logiciel';
  const said = [readable, archive].filter((one) => one !== '').join(' ; ');
  return said === '' ? '' : `${said[0]?.toUpperCase() ?? ''}${said.slice(1)}.`;
};

/**
 * The sender's own text, or a default one, which the volet requires for a replacement and a deletion (CI-SIS Transmission
 * CDA-R2 HL7 v2 2.1, CORPSMAIL). No word of the patient in it.
 */
export function bodyOf({ body, audience, action }: Pick<MailContent, 'body' | 'audience' | 'action'>, pdfs: number): string {
  if (body !== null && body.trim() !== '') return body.replace(/\r\n?/g, '\n');
  const what = (audience === 'patient' ? toPatient : toProfessional)[action];
  return ['Bonjour,', what, parts(pdfs, audience), automatic].filter((line) => line !== '').join('\n\n').concat('\n');
}
