import { expect, it } from '@jest/globals';
import { connect } from 'node:tls';
import { testPki } from '../../../src/sandbox/pki.ts';
import { now, provide, send } from '../../../test/dmp/request.ts';
import { simulated } from '../../../test/dmp/simulated.ts';

const { dmp, keys, signer, broken } = simulated();
const refused = async (tls: Parameters<typeof send>[3]): Promise<void> => {
  const before = dmp().report().refusedHandshakes;
  await expect(send(dmp().url, provide(signer()), keys(), tls)).rejects.toThrow();
  expect(dmp().report()).toMatchObject({ refusedHandshakes: before + 1, arrivals: 0 });
};

it('without a certificate', () => refused(null));
it('with a certificate of another authority', () => refused(testPki('AC inconnue', now).issue('client', 'DMP AUTH TEST')));
it('with a certificate that ended', () => refused(keys().pki.issue('client', 'DMP AUTH TEST', { validFrom: Date.now() - 9e8, validTo: Date.now() - 8e8 })));
it('with TLS 1.1', () => refused({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }));
it('TLS 1.2 is enough', async () => { expect((await send(dmp().url, provide(signer()), keys(), { maxVersion: 'TLSv1.2' })).status).toBe(200); });

it('a body left unfinished is no request', async () => {
  const { hostname, port } = new URL(dmp().url);
  const socket = connect({ host: hostname, port: Number(port), ca: keys().pki.ca, cert: keys().authentication.cert, key: keys().authentication.key });
  await new Promise((resolve) => { socket.once('secureConnect', resolve); });
  await new Promise<void>((resolve) => { socket.write('POST /si-dmp-server/v2/services/repository HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc', () => { resolve(); }); });
  socket.destroy();
  expect((await send(dmp().url, provide(signer()), keys())).status).toBe(200);
  expect(dmp().report().arrivals).toBe(1);
});
it('another path is not found', async () => {
  expect((await send(dmp().url, { ...provide(signer()), path: '/autre' }, keys())).status).toBe(404);
  expect(dmp().report().arrivals).toBe(0);
});
it('a request over the size limit is refused, not kept', async () => {
  const made = provide(signer());
  const answer = await send(dmp().url, { ...made, bytes: Buffer.concat([made.bytes, Buffer.alloc(51 << 20, 0x20)]) }, keys());
  expect([broken(), answer.text.includes('errorCode="XDSRepositoryOutOfResources"'), dmp().report().stored.documents]).toEqual([['request-size'], true, 0]);
});
