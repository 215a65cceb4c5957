import { connect, createServer, type AddressInfo } from 'node:net';

/** Ports that nothing listens on just now: for a program that cannot be told 0. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((listening) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => { listening(server); });
  })));
  const ports = servers.map((one) => (one.address() as AddressInfo).port);
  await Promise.all(servers.map((one) => new Promise((closed) => { one.close(closed); })));
  return ports;
}

const answers = (port: number): Promise<boolean> => new Promise((told) => {
  const socket = connect(port, '127.0.0.1');
  socket.once('connect', () => { socket.destroy(); told(true); });
  socket.once('error', () => { told(false); });
});

/** Waits until every port is listened on; false when `alive` says that there is nothing to wait for, or after 15 s. */
export async function listening(ports: readonly number[], alive: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 150 && alive(); tries++) {
    const all = await Promise.all(ports.map(answers));
    if (all.every(Boolean)) return true;
    await new Promise((wake) => { setTimeout(wake, 100); });
  }
  return false;
}
