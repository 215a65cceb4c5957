import type { X509Certificate } from 'node:crypto';
import type { Clock } from '../../src/domain/clock.ts';
import { errorCode } from '../../src/net/connection-error.ts';
import type { DmpConfig, SignatureIdentity } from './config.ts';
import { unitsOf } from './distinguished-name.ts';
import type { Exchange } from './exchange.ts';
import { readCertificate, type Signer } from './signer.ts';

const day = 86_400_000;

/** What is wrong with a certificate now, in words; empty when nothing is. */
function wrongWith(name: string, certificate: X509Certificate, { structure }: Pick<DmpConfig, 'structure'>, now: number): string[] {
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  const units = unitsOf(certificate.subject);
  return [
    ...(now < from || now > to ? [`${name} : hors de ses dates (jusqu’au ${certificate.validTo})`] : []),
    ...(units.includes(structure.id) ? [] : [`${name} : sa structure (OU ${units.join(', ') || 'absente'}) n’est pas structure.id`]),
  ];
}

/** Days before their end at which certificates are told of, the last first (dmp.md §5). */
const thresholds = [7, 30, 60];
const daysLeft = (certificate: X509Certificate, now: number): number => Math.floor((Date.parse(certificate.validTo) - now) / day);

/** What is to be done about a certificate in use: its end is near, or its file has another one, which the next start takes. */
function soon(name: string, used: X509Certificate, identity: SignatureIdentity, now: number): string[] {
  const left = daysLeft(used, now);
  const threshold = thresholds.find((days) => left <= days);
  const renewed = !readCertificate(identity).raw.equals(used.raw);
  return [
    ...(threshold === undefined ? [] : [`ATTENTION, ${name} expire dans ${left} jours (moins de ${threshold})`]),
    ...(renewed ? [`${name} : le fichier a un autre certificat, pris au prochain démarrage`] : []),
  ];
}

/** Both certificates, their structure and their dates; then the DMP reached, and its clock compared with ours (EX_GEN-1450, EX_GEN-1460). */
export async function check(config: DmpConfig, exchange: Exchange, signer: Signer, clock: Clock): Promise<{ ok: boolean; text: string }> {
  const now = clock();
  try {
    const { certificate: authentication } = exchange;
    const wrong = [
      ...wrongWith('ORG_AUTH_CLI', authentication, config, now), ...wrongWith('ORG_SIGN', signer.certificate, config, now),
      ...(authentication.raw.equals(signer.certificate.raw) ? ['ORG_AUTH_CLI et ORG_SIGN sont le même certificat'] : []),
    ];
    if (wrong.length > 0) return { ok: false, text: wrong.join(' ; ') };
    await exchange.reach(10_000);
    const skew = exchange.skew();
    const clocks = skew === null ? 'écart d’horloge pas encore connu' : `écart d’horloge ${Math.round(skew / 1000)} s`;
    if (skew !== null && Math.abs(skew) > config.clockSkewMs) return { ok: false, text: clocks };
    const told = [...soon('ORG_AUTH_CLI', authentication, config.authentication, now), ...soon('ORG_SIGN', signer.certificate, config.signature, now)];
    return { ok: true, text: [`DMP joint, ${clocks}`, `certificats : ${daysLeft(authentication, now)} et ${daysLeft(signer.certificate, now)} jours`, ...told].join(' ; ') };
  } catch (error) { return { ok: false, text: errorCode(error) }; }
}
