import net from 'node:net';

type Mood = 'well' | 'reject' | 'cut-before' | 'cut-after' | 'silent';
const moodOf = (r: number): Mood => (r < 0.80 ? 'well' : r < 0.86 ? 'reject' : r < 0.91 ? 'cut-before' : r < 0.97 ? 'cut-after' : 'silent');

/** One arrival of an acknowledgement at the laboratory. */
export interface Arrival {
  readonly controlId: string;
  /** MSH-9. */
  readonly type: string;
  /** MSH-10 of the message it speaks of: OBX-4 of a ZAM, MSA-2 of an application acknowledgement. */
  readonly about: string;
  readonly flagged: boolean;
  /** Everything but MSH-8. */
  readonly rest: string;
  readonly mood: Mood;
}
export interface Laboratory { readonly url: string; readonly arrivals: readonly Arrival[]; onStored: () => void; wellFromNow(): void; close(): Promise<void> }

/** The laboratory's own MLLP port, where ZAM and application acknowledgements come back. It fails often. */
export async function startLaboratory(random: () => number): Promise<Laboratory> {
  const arrivals: Arrival[] = [];
  const sockets = new Set<net.Socket>();
  let healthy = false;
  let answers = 0;
  const laboratory: Laboratory = {
    url: '', arrivals, onStored: () => undefined, wellFromNow: () => { healthy = true; },
    close: () => new Promise((resolve) => { for (const socket of sockets) socket.destroy(); server.close(() => { resolve(); }); }),
  };

  function take(socket: net.Socket, text: string): void {
    const mood = healthy ? 'well' : moodOf(random());
    if (mood === 'cut-before') { socket.destroy(); return; }
    const lines = text.split('\r').map((line) => line.split('|'));
    const msh = lines[0] ?? [];
    const field = (name: string, n: number): string => lines.find(([first]) => first === name)?.[n] ?? '';
    const [controlId, type] = [msh[9] ?? '', msh[8] ?? ''];
    const about = type.startsWith('ZAM') ? field('OBX', 4) : field('MSA', 2);
    arrivals.push({ controlId, type, about, flagged: msh[7] === 'POSSIBLE_DUPLICATE', rest: [...msh.slice(0, 7), '', ...msh.slice(8)].join('|') + text.slice(text.indexOf('\r')), mood });
    if (mood !== 'reject') laboratory.onStored();
    if (mood === 'cut-after') { socket.destroy(); return; }
    if (mood === 'silent' || socket.destroyed) return;
    answers += 1;
    socket.write(`\x0bMSH|^~\\&|${msh[4] ?? ''}|${msh[5] ?? ''}|${msh[2] ?? ''}|${msh[3] ?? ''}|20261122||ACK|R${String(answers)}|P|2.5\rMSA|${mood === 'reject' ? 'AR' : 'AA'}|${controlId}\r\x1c\r`);
  }

  const server = net.createServer((socket) => {
    sockets.add(socket);
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\x1c\r'); end >= 0; end = text.indexOf('\x1c\r')) {
        const message = text.slice(text.indexOf('\x0b') + 1, end);
        text = text.slice(end + 2);
        take(socket, message);
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => { sockets.delete(socket); });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return Object.assign(laboratory, { url: `mllp://127.0.0.1:${String((server.address() as net.AddressInfo).port)}` });
}
