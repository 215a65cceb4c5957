import { faults } from '../fault.ts';

const xdm = 'IHE ITI TF-2 §3.32 (XDM)';
const error = { stage: 'formats', severity: 'error', class: 'permanent', blame: 'sender', http: 422, spec: xdm } as const;
const safety = { ...error, issue: 'security', spec: 'Passerelle, sécurité des archives' } as const;
const again = { fr: 'Demandez à l’émetteur de refaire l’archive.', en: 'Ask the sender to make the archive again.' } as const;

/** What can be wrong with an IHE_XDM.ZIP received. Places are ranks in the archive: a file name may hold a patient's. */
export const xdmFaults = faults({
  'xdm.unreadable': {
    ...error, issue: 'structure',
    text: { fr: 'L’archive XDM est illisible ({0}).', en: 'The XDM archive cannot be read ({0}).' },
    advice: { fr: 'Le fichier a sans doute été tronqué, ou n’est pas un zip : demandez-le à nouveau.', en: 'The file was probably cut, or is no zip: ask for it again.' },
  },
  'xdm.path': {
    ...safety,
    text: { fr: 'Un fichier de l’archive ({0}) a un chemin absolu ou qui en sort : rien n’est ouvert.', en: 'A file of the archive ({0}) has an absolute path or one that leaves it: nothing is opened.' },
    advice: { fr: 'Archive fautive ou malveillante : prévenez l’émetteur.', en: 'Faulty or malicious archive: tell the sender.' },
  },
  'xdm.link': {
    ...safety,
    text: { fr: 'L’archive contient un lien symbolique ({0}) : rien n’est ouvert.', en: 'The archive holds a symbolic link ({0}): nothing is opened.' },
    advice: { fr: 'Archive fautive ou malveillante : prévenez l’émetteur.', en: 'Faulty or malicious archive: tell the sender.' },
  },
  'xdm.encrypted': {
    ...safety,
    text: { fr: 'Un fichier de l’archive ({0}) est chiffré.', en: 'A file of the archive ({0}) is encrypted.' },
    advice: { fr: 'Une archive XDM s’envoie sans mot de passe : la messagerie protège déjà son contenu.', en: 'An XDM archive is sent without a password: the mail system already protects it.' },
  },
  'xdm.duplicate': {
    ...safety,
    text: { fr: 'Deux fichiers de l’archive ont le même nom ({0}) : lequel est le bon est inconnu.', en: 'Two files of the archive have the same name ({0}): which is right is unknown.' },
    advice: again,
  },
  'xdm.bomb': {
    ...safety, issue: 'too-costly',
    text: { fr: 'L’archive dépasse une borne de sûreté ({0} : {1}).', en: 'The archive is over a safety limit ({0}: {1}).' },
    advice: { fr: 'Demandez un envoi plus petit, ou relevez la borne si l’archive est légitime.', en: 'Ask for a smaller one, or raise the limit if the archive is legitimate.' },
  },
  'xdm.nested': {
    ...error, severity: 'warning', issue: 'structure',
    text: { fr: 'Un document de l’archive ({0}) est lui-même une archive : il n’est pas ouvert.', en: 'A document of the archive ({0}) is itself an archive: it is not opened.' },
    advice: { fr: 'Un lot XDM contient les documents eux-mêmes.', en: 'An XDM lot holds the documents themselves.' },
  },
  'xdm.no-metadata': {
    ...error, issue: 'required',
    text: { fr: '{0} manque : ce zip n’est pas une archive XDM.', en: '{0} is missing: this zip is no XDM archive.' },
    advice: { fr: 'Vérifiez que le fichier joint est bien IHE_XDM.ZIP.', en: 'Check that the attached file is the IHE_XDM.ZIP.' },
  },
  'xdm.document-missing': {
    ...error, issue: 'not-found',
    text: { fr: 'Le fichier du document {0} (attribut URI) est absent de l’archive ou illisible.', en: 'The file of document {0} (attribute URI) is absent from the archive or unreadable.' },
    advice: again,
  },
  'xdm.size': {
    ...error, issue: 'value', spec: 'IHE ITI TF-3 §4.2.3.2.23 (size)',
    text: { fr: 'La taille du document {0} n’est pas celle que disent ses métadonnées : il est refusé.', en: 'The size of document {0} is not the one its metadata say: it is refused.' },
    advice: again,
  },
  'xdm.hash': {
    ...error, issue: 'value', spec: 'IHE ITI TF-3 §4.2.3.2.10 (hash)',
    text: { fr: 'L’empreinte du document {0} n’est pas celle que disent ses métadonnées : il est refusé.', en: 'The hash of document {0} is not the one its metadata say: it is refused.' },
    advice: again,
  },
  'xdm.unverifiable': {
    ...error, severity: 'warning', issue: 'required', spec: 'IHE ITI TF-3 §4.2.3.2 (hash et size requis en XDM)',
    text: { fr: 'Les métadonnées du document {0} n’ont pas d’empreinte ou de taille : son intégrité n’est pas vérifiée.', en: 'The metadata of document {0} have no hash or size: it cannot be verified.' },
    advice: { fr: 'Faites corriger l’émetteur.', en: 'Have the sender mended.' },
  },
});
