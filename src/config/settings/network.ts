import { BlockList, isIP } from 'node:net';
import type { Shape } from '../declare.ts';

/** An address, or a network in CIDR form. */
export const network: Shape = {
  fr: 'une adresse ou un réseau, comme 192.0.2.0/24', en: 'an address or a network, such as 192.0.2.0/24',
  fits: text => {
    const [address = '', prefix, ...more] = text.split('/');
    const family = isIP(address);
    if (family === 0 || more.length > 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return false;
    try { if (prefix !== undefined) new BlockList().addSubnet(address, Number(prefix), family === 6 ? 'ipv6' : 'ipv4'); return true; } catch { return false; }
  },
};
