import { faults } from '../fault.ts';

/** Faults of the configuration. `{0}` is the setting, a file or a variable; never a secret's content. */
export const configFaults = faults({
  'config.file-unreadable': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Le fichier « {0} » ne peut pas être lu ({1}).', en: 'File "{0}" cannot be read ({1}).' },
    advice: { fr: 'Vérifiez le chemin et les droits du compte qui exécute la passerelle.', en: 'Check the path and the rights of the account that runs the gateway.' },
    spec: '',
  },
  'config.variable-unset': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'La variable d’environnement « {0} » est absente ou vide.', en: 'Environment variable "{0}" is absent or empty.' },
    advice: { fr: 'Donnez-lui une valeur avant de démarrer, ou utilisez « file: ».', en: 'Give it a value before starting, or use "file:".' },
    spec: '',
  },
  'config.tls-unusable': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Le certificat, la clé ou l’autorité de « {0} » ne peuvent pas être utilisés : {1}.', en: 'The certificate, key or authority of "{0}" cannot be used: {1}.' },
    advice: { fr: 'Vérifiez que la clé va avec le certificat, le format (PEM ou PKCS#12) et le mot de passe.', en: 'Check that the key goes with the certificate, the format (PEM or PKCS#12) and the passphrase.' },
    spec: '',
  },
});
