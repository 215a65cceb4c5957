import type { X509Certificate } from 'node:crypto';
import type { Clock } from '../../src/domain/clock.ts';
import { unanswered } from '../../src/net/connection-error.ts';
import type { DmpConfig } from './config.ts';
import { unitsOf } from './distinguished-name.ts';
import type { Exchange } from './exchange.ts';
import type { Signer } from './signer.ts';

/** The same in French and in English. */
type Said = readonly [fr: string, en: string];
const told = (ok: boolean, ...parts: readonly Said[]): { ok: boolean; text: string; english: string } =>
  ({ ok, text: parts.map(([fr]) => fr).join(' ; '), english: parts.map(([, en]) => en).join('; ') });

const day = 86_400_000;

/** What is wrong with a certificate now; empty when nothing is. */
function wrongWith(name: string, certificate: X509Certificate, { structure }: Pick<DmpConfig, 'structure'>, now: number): Said[] {
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  const units = unitsOf(certificate.subject);
  return [
    ...(now < from || now > to ? [[`${name} : hors de ses dates (jusqu’au ${certificate.validTo})`, `${name}: outside its dates (until ${certificate.validTo})`] as const] : []),
    ...(units.includes(structure.id) ? [] : [[`${name} : sa structure (OU ${units.join(', ') || 'absente'}) n’est pas structure.id`, `${name}: its structure (OU ${units.join(', ') || 'absent'}) is not structure.id`] as const]),
  ];
}

/** Days before their end at which certificates are told of, the last first (dmp.md §5). */
const thresholds = [7, 30, 60];
const daysLeft = (certificate: X509Certificate, now: number): number => Math.floor((Date.parse(certificate.validTo) - now) / day);

function soon(name: string, used: X509Certificate, now: number): Said[] {
  const left = daysLeft(used, now);
  const threshold = thresholds.find((days) => left <= days);
  return threshold === undefined ? [] : [[`ATTENTION, ${name} expire dans ${left} jours (moins de ${threshold})`, `WARNING, ${name} expires in ${left} days (less than ${threshold})`]];
}

/** Both certificates, their structure and their dates; then the DMP reached, and its clock compared with ours (EX_GEN-1450, EX_GEN-1460). */
export async function check(config: DmpConfig, exchange: Exchange, signer: Signer, clock: Clock): Promise<{ ok: boolean; text: string; english?: string }> {
  const now = clock();
  try {
    const { certificate: authentication } = exchange;
    const { certificate: signature } = signer;
    const wrong = [
      ...wrongWith('ORG_AUTH_CLI', authentication, config, now), ...wrongWith('ORG_SIGN', signature, config, now),
      ...(authentication.raw.equals(signature.raw) ? [['ORG_AUTH_CLI et ORG_SIGN sont le même certificat', 'ORG_AUTH_CLI and ORG_SIGN are the same certificate'] as const] : []),
    ];
    if (wrong.length > 0) return told(false, ...wrong);
    await exchange.reach(10_000);
    const skew = exchange.skew();
    const seconds = Math.round((skew ?? 0) / 1000);
    const clocks: Said = skew === null ? ['écart d’horloge pas encore connu', 'clock skew not known yet'] : [`écart d’horloge ${seconds} s`, `clock skew ${seconds} s`];
    if (skew !== null && Math.abs(skew) > config.clockSkewMs) return told(false, clocks);
    return told(true, [`DMP joint, ${clocks[0]}`, `DMP reached, ${clocks[1]}`], ...soon('ORG_AUTH_CLI', authentication, now), ...soon('ORG_SIGN', signature, now));
  } catch (error) { return unanswered(error); }
}
