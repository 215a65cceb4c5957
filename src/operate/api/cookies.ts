import type { Request, Response } from 'express';

/**
 * This gateway's cookies. Off loopback they are `Secure` and `__Host-`: bound to this very host, whole path, over TLS only. On
 * loopback the port is in the name, since browsers do not keep the cookies of two ports apart.
 */
export function cookieJar(request: Request, response: Response, secure: boolean) {
  const full = (name: string): string => (secure ? `__Host-${name}` : `${name}-${request.socket.localPort ?? 0}`);
  return {
    get: (name: string): string | undefined => {
      const wanted = `${full(name)}=`;
      for (const part of (request.headers.cookie ?? '').slice(0, 16_384).split(';')) {
        const text = part.trim();
        if (text.startsWith(wanted)) return text.slice(wanted.length);
      }
      return undefined;
    },
    set: (name: string, value: string | null, sameSite: 'Strict' | 'Lax' = 'Strict'): void => {
      response.append('Set-Cookie', `${full(name)}=${value ?? ''}; Path=/; HttpOnly; SameSite=${sameSite}${secure ? '; Secure' : ''}${value === null ? '; Max-Age=0' : ''}`);
    },
  };
}
