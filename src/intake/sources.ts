import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { SourceSettings } from '../config/model.ts';

/** What a listener knows of its peer before any message: everything but what the message says of itself. */
export interface Peer {
  readonly listener: string;
  readonly address: string;
  /** A client certificate that the listener has checked against its authorities; null without one. */
  readonly certificate: { readonly subject: Readonly<Record<string, string | string[] | undefined>>; readonly fingerprint256: string } | null;
  /** `Authorization: Bearer`, HTTP only. */
  readonly token: string | null;
}

export interface Sources {
  /** The first source, in the order declared, that this peer and this sender (`MSH-3|MSH-4`) match; null when none does. */
  match(peer: Peer, sender: string): SourceSettings | null;
  /** Some source of the listener matches but for the sender: the bytes are worth reading. */
  knows(peer: Peer): boolean;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Node gives IPv4 peers of a dual-stack socket as `::ffff:192.0.2.1`. */
export const plainAddress = (address: string): string => address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;

const loopback = networksOf(['127.0.0.0/8', '::1']);
export const isLoopback = (address: string): boolean => within(loopback, plainAddress(address));

/** Networks in CIDR form, or single addresses. Throws on what is neither. */
function networksOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family); else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}
const within = (list: BlockList, address: string): boolean => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** `*` stands for any text. In one pass: the pattern is the operator's, the text is the peer's. */
export function fits(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > text.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

/** `LAB*|HOPITAL`, or `LAB*` alone for any MSH-4. */
const senderFits = (pattern: string, sender: string) => {
  const [application = '', facility = ''] = sender.split('|');
  const [wantedApplication = '', wantedFacility = '*'] = pattern.split('|');
  return fits(wantedApplication, application) && fits(wantedFacility, facility);
};

/** `sha256:AB:CD…`, or the parts of a subject that must all be there: `O=CHU Demo, CN=lis`. */
function certificateFits(wanted: string, certificate: Peer['certificate']): boolean {
  if (certificate === null) return false;
  if (/^sha256:/i.test(wanted)) return wanted.slice(7).replaceAll(':', '').toUpperCase() === certificate.fingerprint256.replaceAll(':', '').toUpperCase();
  return wanted.split(/,\s*/).every(part => {
    const at = part.indexOf('=');
    const value = certificate.subject[part.slice(0, at).trim()];
    return [value].flat().includes(part.slice(at + 1).trim());
  });
}

/** `token` reads a source's secret; it is asked once. */
export function sourcesFrom(settings: readonly SourceSettings[], token: (source: SourceSettings) => string | null): Sources {
  const rows = settings.map(source => {
    const secret = token(source);
    return { source, tokenDigest: secret === null ? null : digest(secret), networks: source.networks.length > 0 ? networksOf(source.networks) : null };
  });
  const accredited = (row: (typeof rows)[number], peer: Peer): boolean => {
    if (!row.source.listeners.includes(peer.listener)) return false;
    if (row.source.certificate !== null && !certificateFits(row.source.certificate, peer.certificate)) return false;
    if (row.tokenDigest && (peer.token === null || !timingSafeEqual(row.tokenDigest, digest(peer.token)))) return false;
    const address = plainAddress(peer.address);
    if (row.networks && !within(row.networks, address)) return false;
    // A name in a message proves nothing: without any credential, only this machine itself is believed (design.md §1).
    return row.source.certificate !== null || row.tokenDigest !== null || row.networks !== null || isLoopback(address);
  };
  return {
    match: (peer, sender) => rows.find(row => accredited(row, peer)
      && (row.source.senders.length === 0 || row.source.senders.some(pattern => senderFits(pattern, sender))))?.source ?? null,
    knows: peer => rows.some(row => accredited(row, peer)),
  };
}
