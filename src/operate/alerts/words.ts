import { catalogue } from '../../domain/catalogue.ts';
import { finding, say, type Language } from '../../domain/finding.ts';
import type { FaultCode } from '../../domain/catalogue.ts';
import { durationIn, momentIn } from './moment.ts';
import type { Facts, Incident, Kind, Subject } from './incident.ts';

/** How an incident is said to a person. */
export interface Told { readonly title: string; readonly text: string; readonly advice: string; readonly summary: string | null }
/** The reader's language, and the time zone times are told in. */
export interface Reader { readonly language: Language; readonly timeZone: string }

interface Saying { readonly title: string; readonly text: string; readonly advice: string; /** Its worst moment, for the summary. */ readonly worst: string }
type Words = (name: string, facts: Facts, reader: Reader, subject: Subject) => Saying;

const num = (facts: Facts, name: string): number => Number(facts[name] ?? 0);
const isFault = (code: string): code is FaultCode => code in catalogue;
function faultIn(facts: Facts, language: Language): { text: string; advice: string } {
  const code = String(facts.fault ?? '');
  return isFault(code) ? say(finding(code, ''), language) : { text: code, advice: '' };
}
/** The setting that names a certificate, where there are several. */
const which = (facts: Facts): string => (String(facts.setting ?? '') === '' ? '' : ` (${String(facts.setting)})`);
const days = (count: number, { language }: Reader): string => (language === 'fr' ? `${count} jour${count > 1 ? 's' : ''}` : `${count} day${count === 1 ? '' : 's'}`);

const french: Readonly<Record<Kind, Words>> = {
  silence: (name, facts, reader) => ({
    title: `Silence de la source ${name}`,
    text: `Dernier message le ${momentIn(num(facts, 'lastAt'), reader)} ; un message était attendu avant le ${momentIn(num(facts, 'expectedBy'), reader)}.`,
    advice: 'Demandez à l’émetteur si son interface tourne, et vérifiez la liaison jusqu’au point d’entrée.', worst: '',
  }),
  backlog: (name, facts, reader) => ({
    title: `Retard vers ${name}`,
    text: `${num(facts, 'count')} remise(s) en attente ; la plus ancienne depuis ${durationIn(num(facts, 'ageMs'), reader)} (limite : ${durationIn(num(facts, 'limitMs'), reader)}).${num(facts, 'paused') === 1 ? ' Cette destination est mise en pause par une personne.' : ''}`,
    advice: num(facts, 'paused') === 1 ? 'Reprenez la destination quand la cause de sa pause est levée (« destinations resume »).' : 'Regardez les dernières tentatives vers cette destination et l’état du partenaire.',
    worst: `Au pire : ${num(facts, 'count')} remise(s), la plus ancienne depuis ${durationIn(num(facts, 'ageMs'), reader)}.`,
  }),
  breaker: (name, facts, reader) => {
    const { text, advice } = faultIn(facts, reader.language);
    return { title: `${name} ne répond plus`, text: `Les envois sont suspendus, une sonde part régulièrement.${text === '' ? '' : ` Dernière anomalie : ${text}`}`, advice: advice === '' ? 'Vérifiez le partenaire et la liaison ; rien n’est perdu, les remises attendent.' : advice, worst: '' };
  },
  certificate: (name, facts, reader, subject) => {
    const left = num(facts, 'days');
    return {
      title: left < 0 ? `Certificat expiré : ${name}` : `Certificat qui expire : ${name}`,
      text: `Le certificat ${subject.kind === 'listener' ? 'du point d’entrée' : 'de la destination'} ${name}${which(facts)} ${left < 0 ? 'n’est plus valide depuis' : 'expire'} le ${momentIn(num(facts, 'validTo'), reader)}${left < 0 ? '' : ` (dans ${days(left, reader)})`}.`,
      advice: 'Faites renouveler le certificat (IGC-Santé) et remplacez le fichier : il est relu sans redémarrage.', worst: '',
    };
  },
  conservation: (_, facts) => ({
    title: 'Comptes du journal faux', text: `La conservation n’est pas vérifiée : ${num(facts, 'problems')} écart(s), dont « ${String(facts.first ?? '')} ».`,
    advice: 'Lancez « passerelle doctor », sauvegardez le journal et signalez l’anomalie : un message pourrait ne pas être compté.', worst: `Au pire : ${num(facts, 'problems')} écart(s).`,
  }),
  disk: (_, facts, reader) => ({
    title: num(facts, 'days') === 0 ? 'Disque des données plein' : `Disque des données plein dans ${days(num(facts, 'days'), reader)}`,
    text: `${num(facts, 'free')} Mio libres ; sous ${num(facts, 'reserve')} Mio, les messages sont refusés.`,
    advice: 'Libérez ou ajoutez de l’espace, ou raccourcissez la conservation (« retention »).', worst: `Au pire : ${num(facts, 'free')} Mio libres.`,
  }),
  check: (name, facts, reader) => ({
    title: `Le contrôle de ${name} échoue`, text: `Interrogé le ${momentIn(num(facts, 'at'), reader)}, le partenaire n’est pas joint ou ne nous accepte pas : ${String(facts.text ?? '')}`,
    advice: 'Vérifiez l’adresse, le réseau et les certificats de cette destination (« passerelle doctor » les contrôle aussitôt) ; les remises attendent, rien n’est perdu.', worst: '',
  }),
};

const english: Readonly<Record<Kind, Words>> = {
  silence: (name, facts, reader) => ({
    title: `Source ${name} is silent`,
    text: `Last message at ${momentIn(num(facts, 'lastAt'), reader)}; one was expected by ${momentIn(num(facts, 'expectedBy'), reader)}.`,
    advice: 'Ask the sender whether its interface runs, and check the line up to the listener.', worst: '',
  }),
  backlog: (name, facts, reader) => ({
    title: `Backlog to ${name}`,
    text: `${num(facts, 'count')} deliveries waiting; the oldest for ${durationIn(num(facts, 'ageMs'), reader)} (limit: ${durationIn(num(facts, 'limitMs'), reader)}).${num(facts, 'paused') === 1 ? ' A person keeps this destination paused.' : ''}`,
    advice: num(facts, 'paused') === 1 ? 'Resume the destination once the cause of its pause is gone ("destinations resume").' : 'Look at the last attempts to this destination and at the state of the partner.',
    worst: `At worst: ${num(facts, 'count')} deliveries, the oldest for ${durationIn(num(facts, 'ageMs'), reader)}.`,
  }),
  breaker: (name, facts, reader) => {
    const { text, advice } = faultIn(facts, reader.language);
    return { title: `${name} does not answer`, text: `Sending is suspended, a probe leaves now and then.${text === '' ? '' : ` Last fault: ${text}`}`, advice: advice === '' ? 'Check the partner and the line; nothing is lost, deliveries wait.' : advice, worst: '' };
  },
  certificate: (name, facts, reader, subject) => {
    const left = num(facts, 'days');
    return {
      title: left < 0 ? `Certificate expired: ${name}` : `Certificate about to expire: ${name}`,
      text: `The certificate ${subject.kind === 'listener' ? 'of listener' : 'of destination'} ${name}${which(facts)} ${left < 0 ? 'has been invalid since' : 'expires on'} ${momentIn(num(facts, 'validTo'), reader)}${left < 0 ? '' : ` (in ${days(left, reader)})`}.`,
      advice: 'Have the certificate renewed (IGC-Santé) and replace the file: it is read again without a restart.', worst: '',
    };
  },
  conservation: (_, facts) => ({
    title: 'The journal’s counts are wrong', text: `Conservation does not hold: ${num(facts, 'problems')} difference(s), among them "${String(facts.first ?? '')}".`,
    advice: 'Run "passerelle doctor", back the journal up and report the defect: a message may not be accounted for.', worst: `At worst: ${num(facts, 'problems')} difference(s).`,
  }),
  disk: (_, facts, reader) => ({
    title: num(facts, 'days') === 0 ? 'Data disk full' : `Data disk full in ${days(num(facts, 'days'), reader)}`,
    text: `${num(facts, 'free')} MiB free; under ${num(facts, 'reserve')} MiB messages are refused.`,
    advice: 'Free or add space, or shorten the retention ("retention").', worst: `At worst: ${num(facts, 'free')} MiB free.`,
  }),
  check: (name, facts, reader) => ({
    title: `The check of ${name} fails`, text: `Asked at ${momentIn(num(facts, 'at'), reader)}, the partner is not reached or does not accept us: ${String(facts.english ?? facts.text ?? '')}`,
    advice: 'Check the address, the network and the certificates of this destination ("passerelle doctor" asks at once); deliveries wait, nothing is lost.', worst: '',
  }),
};

const sayings = { fr: french, en: english };

/** Kinds whose texts have counts, times or faults of messages. */
const figured: ReadonlySet<Kind> = new Set(['silence', 'backlog', 'breaker']);
const partly = {
  fr: 'Le détail concerne aussi des messages que ce compte ne voit pas : un compte au périmètre entier le voit.',
  en: 'Its details are of messages that this account does not see too: an account with the whole scope sees them.',
};

/** An incident in a person's language; once over, with its summary. `whole` false: for who sees a part of what it is about, without figures or faults. */
export function tell({ kind, subject, facts, worst, openedAt, closedAt }: Incident, reader: Reader, whole = true): Told {
  const hides = !whole && figured.has(kind);
  const saying = (given: Facts): Saying => {
    const said = sayings[reader.language][kind](subject.name, hides ? { paused: given.paused ?? 0 } : given, reader, subject);
    return hides ? { ...said, text: partly[reader.language], worst: '' } : said;
  };
  const { title, text, advice } = saying(facts);
  const lasted = closedAt === null ? '' : durationIn(closedAt - openedAt, reader);
  const summary = closedAt === null ? null : [
    reader.language === 'fr' ? `Terminé le ${momentIn(closedAt, reader)}, après ${lasted}.` : `Over at ${momentIn(closedAt, reader)}, after ${lasted}.`, saying(worst).worst,
  ].filter((one) => one !== '').join(' ');
  return { title, text, advice, summary };
}
