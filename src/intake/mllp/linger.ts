import type { Socket } from 'node:net';

const lingerMs = 1000;

/**
 * Closes without losing what was just written: closing a socket that still has bytes to read makes the system reset the
 * connection, and the peer would never see its answer. So the end is sent, and what still comes is read and dropped.
 */
export function closeGently(socket: Socket): void {
  socket.removeAllListeners('data');
  socket.resume();
  socket.end();
  const timer = setTimeout(() => socket.destroy(), lingerMs).unref();
  if (socket.readableEnded) socket.destroySoon();
  else socket.once('end', () => socket.destroySoon());
  socket.once('close', () => clearTimeout(timer));
}
