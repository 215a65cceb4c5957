import { BlockList, isIP } from 'node:net';
import type { Request } from 'express';

/** Node gives IPv4 peers of a dual-stack socket as `::ffff:192.0.2.1`. */
export const plainAddress = (address = ''): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
/** So many proxies in a row are looked through. */
const mostHops = 20;
/** `192.0.2.1:443` and `[2001:db8::1]:443` have a port. */
const withoutPort = (text: string): string => /^\[(.*)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text;

/** From where a request comes; `https`: it came so to the proxy in front of us. */
export interface Peer { readonly address: string; readonly https: boolean }

/**
 * Who asks, by the socket; behind proxies of ours, as they tell it: `X-Forwarded-For` has the peer of each, the last one's at its
 * end, and all that stands before the first address that is no proxy of ours was written by the asker, who may write anything.
 * @param trusted addresses and networks (CIDR) of our own proxies; with none, the header is not read
 */
export function peerOf(trusted: readonly string[]): (request: Request) => Peer {
  const proxies = new BlockList();
  for (const network of trusted) {
    const [address = '', prefix] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) proxies.addAddress(address, family); else proxies.addSubnet(address, Number(prefix), family);
  }
  const isProxy = (address: string): boolean => isIP(address) !== 0 && proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (request) => {
    let address = plainAddress(request.socket.remoteAddress);
    if (!isProxy(address)) return { address, https: false };
    const https = request.get('x-forwarded-proto')?.split(',').at(-1)?.trim() === 'https';
    const told = (request.get('x-forwarded-for') ?? '').split(',').slice(-mostHops).map((one) => plainAddress(withoutPort(one.trim())));
    while (isProxy(address)) {
      const before = told.pop();
      // A proxy that tells nobody, or what is no address: it is all we know.
      if (before === undefined || isIP(before) === 0) break;
      address = before;
    }
    return { address, https };
  };
}
