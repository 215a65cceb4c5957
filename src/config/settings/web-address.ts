import type { Shape } from '../declare.ts';
import { isLoopbackHost } from '../loopback.ts';

/** In clear on this machine only: what is signed may still be read. */
export const webAddress: Shape = {
  fr: 'une adresse https:// (http:// sur la boucle locale)', en: 'an https:// address (http:// on loopback)',
  fits: (text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname, username, password } = new URL(text);
    return username === '' && password === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname.replace(/^\[|\]$/g, ''))));
  },
};
