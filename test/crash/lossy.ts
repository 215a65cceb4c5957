import net, { type AddressInfo, type Socket } from 'node:net';

/** Stands between the gateway and a partner over TLS: it reads nothing, and can lose an answer. */
export interface Lossy {
  readonly port: number;
  /** The partner begins to answer to at least `large` bytes: `lose` ends the connection before any of it passes. */
  onAnswer: () => 'pass' | 'lose';
  close(): Promise<void>;
}

/** @param large a request over this is a document, not a question */
export async function startLossy(target: number, large: number): Promise<Lossy> {
  const sockets = new Set<Socket>();
  const server = net.createServer((client) => {
    const partner = net.connect(target, '127.0.0.1');
    let sent = 0;
    const end = (): void => { client.destroy(); partner.destroy(); };
    for (const socket of [client, partner]) { sockets.add(socket); socket.setNoDelay(true); socket.on('error', end); socket.on('close', () => { sockets.delete(socket); end(); }); }
    client.on('data', (bytes: Buffer) => { sent += bytes.length; partner.write(bytes); });
    partner.on('data', (bytes: Buffer) => {
      const document = sent >= large;
      sent = 0;
      if (document && lossy.onAnswer() === 'lose') { end(); return; }
      client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const lossy: Lossy = {
    port: (server.address() as AddressInfo).port, onAnswer: () => 'pass',
    close: () => new Promise((resolve) => { for (const socket of sockets) socket.destroy(); server.close(() => { resolve(); }); }),
  };
  return lossy;
}
