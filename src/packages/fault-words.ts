import type { PackageFault } from './fault.ts';

/**
 * What package faults say, in French, by their English words (`*` stands for what varies, in the same order). A fault without
 * an entry is said in English; the test beside this file finds it.
 */
export const french: Readonly<Record<string, string>> = {
  'no line of headings names a code column': 'aucune ligne d’en-têtes ne nomme une colonne de codes',
  'name the columns, for example: *': 'nommez les colonnes, par exemple : *',
  'the file’s name is no name of a NOS list': 'le nom du fichier n’est pas celui d’une liste du NOS',
  'name it as the NOS does: JDV_J46-TypeEvenementNotification-CISIS.csv': 'nommez-le comme le NOS : JDV_J46-TypeEvenementNotification-CISIS.csv',
  'the terminology holds no code': 'la terminologie ne contient aucun code',
  'check its separator and its headings': 'vérifiez son séparateur et ses en-têtes',
  'the XML terminology cannot be read': 'la terminologie XML est illisible',
  'the terminology names no list or holds no code': 'la terminologie ne nomme aucune liste ou ne contient aucun code',
  'give a RetrieveValueSetResponse as the NOS publishes it': 'donnez une RetrieveValueSetResponse telle que le NOS la publie',
  'nothing of this pack can be used*': 'rien de ce lot n’est utilisable*',
  'give CDA_extended.xsd with the schemas it includes, and the schematrons of the volets': 'donnez CDA_extended.xsd avec les schémas qu’il inclut, et les schématrons des volets',
  'a file of the pack has a path that leaves it': 'un fichier du lot a un chemin qui en sort',
  'do not use this archive': 'n’utilisez pas cette archive',
  'the pack is over * files or * bytes': 'le lot dépasse * fichiers ou * octets',
  'give only the schemas, the schematrons and their value sets': 'donnez seulement les schémas, les schématrons et leurs jeux de valeurs',
  'the pack cannot be read': 'le lot est illisible',
  'give a folder, a .zip or a .tgz of schemas (.xsd) and schematrons (.sch)': 'donnez un dossier, un .zip ou un .tgz de schémas (.xsd) et de schématrons (.sch)',
  'the registry has no such version': 'le registre n’a pas cette version',
  'there are: *': 'il y a : *',
  'the package is larger than the limit': 'le paquet dépasse la taille permise',
  'raise the limit if this is right': 'relevez la limite si c’est voulu',
  'the registry cannot be reached': 'le registre est injoignable',
  'check the registry url and the network, or add the package from a file': 'vérifiez l’adresse du registre et le réseau, ou ajoutez le paquet depuis un fichier',
  'the registry answers *': 'le registre répond *',
  'check the package name and version': 'vérifiez le nom et la version du paquet',
  'the definition has no canonical url': 'la définition n’a pas d’adresse canonique (url)',
  'give a StructureDefinition, ValueSet or CodeSystem with its url': 'donnez un StructureDefinition, ValueSet ou CodeSystem avec son url',
  'another * is there, with other content': 'un autre * est déjà là, au contenu différent',
  'remove it first if this one is the right one': 'retirez-le d’abord si celui-ci est le bon',
  'no such package in the store': 'ce paquet n’a pas été ajouté',
  'no such pack': 'lot introuvable',
  'see packages list': 'voyez packages list',
  'several versions are in the store': 'plusieurs versions ont été ajoutées',
  'say which: *': 'dites laquelle : *',
  'add it with packages add': 'ajoutez-le par packages add',
  'the package has a name or version that is none': 'le nom ou la version du paquet n’en est pas un',
  'see its package.json': 'voyez son package.json',
  'the file holds no FHIR resource': 'le fichier ne contient aucune ressource FHIR',
  'give a StructureDefinition, ValueSet, CodeSystem or a Bundle of them': 'donnez un StructureDefinition, ValueSet, CodeSystem ou un Bundle qui en contient',
  'the file is not JSON': 'le fichier n’est pas du JSON',
  'give a definition in FHIR JSON or XML': 'donnez une définition FHIR en JSON ou XML',
  'the XML definition cannot be read': 'la définition XML est illisible',
  'no such file or folder': 'fichier ou dossier introuvable',
  'check the path': 'vérifiez le chemin',
  'the package cannot be read': 'le paquet est illisible',
  'give a FHIR package in npm layout (.tgz with package/package.json)': 'donnez un paquet FHIR au format npm (.tgz avec package/package.json)',
  'package/package.json with a name and a version is missing': 'package/package.json avec un nom et une version manque',
  'give a FHIR package in npm layout': 'donnez un paquet FHIR au format npm',
  'documents.tables: no such folder': 'documents.tables : dossier introuvable',
  'make the folder, or take the setting away': 'créez le dossier, ou ôtez le réglage',
  'this file is no national table that metadata are made by': 'ce fichier n’est aucune des tables nationales dont les métadonnées sont faites',
  'give *, or take the file away': 'donnez *, ou retirez le fichier',
  'the CI-SIS pack cannot be used: *': 'le lot CI-SIS est inutilisable : *',
  'add a complete pack, or take this one away with packages remove': 'ajoutez un lot complet, ou retirez celui-ci par packages remove',
  'neither schemas nor schematrons are in this folder': 'ce dossier ne contient ni schémas ni schématrons',
  'give a CI-SIS pack (.xsd, .sch), or a FHIR package as a .tgz file': 'donnez un lot CI-SIS (.xsd, .sch), ou un paquet FHIR en fichier .tgz',
  'a destination pins a package that was not added': 'une destination fixe un paquet qui n’a pas été ajouté',
  'add it with packages add, then config lint': 'ajoutez-le par packages add, puis config lint',
};

const patterns = Object.entries(french).filter(([english]) => english.includes('*')).map(([english, said]) =>
  ({ match: new RegExp(`^${english.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('(.*)')}$`, 's'), said }));

/** The French of one text; the text itself when there is none. */
export function inFrench(english: string): string {
  const whole = french[english];
  if (whole !== undefined) return whole;
  for (const { match, said } of patterns) {
    const parts = match.exec(english)?.slice(1);
    if (parts !== undefined) return said.replaceAll('*', () => parts.shift() ?? '');
  }
  return english;
}

/** A package fault for the person who named it: what, where, what to do. */
export function packageWords({ message, place, advice }: PackageFault, language: 'fr' | 'en'): string {
  const words = (text: string): string => (language === 'fr' ? inFrench(text) : text);
  return `${place}${language === 'fr' ? ' :' : ':'} ${words(message)}.\n→ ${words(advice)}.`;
}
