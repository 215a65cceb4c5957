// node test/bench/floor.ts PORT DATABASE SENDERS SINKPORT: the least the job can cost. MLLP in, a plain mapping, SQLite
// (WAL, synchronous=FULL, group commit), AA, HTTP out. No validation, encryption, order per patient (SENDERS=1 is ordered),
// search or audit. The figure to compare with is unique delivered / (load + drain).
import http from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';
import { DatabaseSync } from 'node:sqlite';

const [port = '0', file = ':memory:', senders = '8', sinkPort = '0'] = process.argv.slice(2);
const db = new DatabaseSync(file, { timeout: 5000 });
db.exec('pragma journal_mode=WAL; pragma synchronous=FULL; create table if not exists message(id integer primary key, control text, raw blob, bundle text, at int, sent int); create index if not exists pending on message(id) where sent is null');
const insert = db.prepare('insert into message(control, raw, bundle, at) values(?,?,?,?)');
const settle = db.prepare('update message set sent=? where id=?');

const part = (text: string | undefined, i: number, separator = '^'): string => (text ?? '').split(separator)[i] ?? '';
const day = (text: string | undefined): string | undefined => (text === undefined || text === '' ? undefined : `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`);

function bundleOf(text: string): string {
  const segments = text.split('\r').map((line) => line.split('|'));
  const get = (name: string): string[] => segments.find((one) => one[0] === name) ?? [];
  const [msh, pid, obr] = [get('MSH'), get('PID'), get('OBR')];
  const patient = {
    resourceType: 'Patient', identifier: (pid[3] ?? '').split('~').map((x) => ({ system: `urn:oid:${part(part(x, 3), 1, '&')}`, value: part(x, 0) })),
    name: (pid[5] ?? '').split('~').map((x) => ({ family: part(x, 0), given: [part(x, 1)] })), gender: pid[8] === 'F' ? 'female' : 'male', birthDate: day(pid[7]),
  };
  const observations = segments.filter((one) => one[0] === 'OBX').map((o) => ({
    resource: {
      resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: part(o[3], 0), display: part(o[3], 1) }] },
      effectiveDateTime: day(o[14]), ...(o[2] === 'NM' ? { valueQuantity: { value: Number(o[5]), unit: part(o[6], 0) } } : { valueString: o[5] }),
    },
  }));
  return JSON.stringify({ resourceType: 'Bundle', type: 'message', identifier: { value: part(obr[3], 0) }, meta: { source: msh[2] }, entry: [{ resource: patient }, ...observations] });
}

interface Arrived { readonly raw: Buffer; readonly msh: string[]; readonly bundle: string; readonly socket: Socket }
let arrived: Arrived[] = [];
let settled: number[] = [];
let scheduled = false;
let waiting: { id: number; bundle: string }[] = [];
let head = 0;
let active = 0;
const agent = new http.Agent({ keepAlive: true, maxSockets: Number(senders) });

function flush(): void {
  scheduled = false;
  const [batch, done, now] = [arrived, settled, Date.now()];
  arrived = []; settled = [];
  db.exec('begin immediate');
  const ids = batch.map((one) => Number(insert.run(one.msh[9] ?? '', one.raw, one.bundle, now).lastInsertRowid));
  for (const id of done) settle.run(now, id);
  db.exec('commit');
  batch.forEach((one, i) => {
    one.socket.write(`\x0bMSH|^~\\&|FLOOR|F|${one.msh[2]}|${one.msh[3]}|20261122||ACK^R01^ACK|${one.msh[9]}|P|2.5\rMSA|AA|${one.msh[9]}\r\x1c\r`);
    waiting.push({ id: ids[i] ?? 0, bundle: one.bundle });
  });
  pump();
}
function schedule(): void { if (!scheduled) { scheduled = true; setImmediate(flush); } }
function pump(): void {
  while (active < Number(senders) && head < waiting.length) {
    const next = waiting[head++];
    if (head > 4096) { waiting = waiting.slice(head); head = 0; }
    if (next === undefined) return;
    active++;
    send(next);
  }
}
function send(one: { id: number; bundle: string }): void {
  const again = (): void => { setTimeout(send, 1000, one); };
  const request = http.request({ host: '127.0.0.1', port: Number(sinkPort), path: '/fhir', method: 'POST', agent, headers: { 'content-type': 'application/fhir+json', 'content-length': Buffer.byteLength(one.bundle) } }, (response) => {
    response.resume();
    response.on('end', () => { if (response.statusCode !== 200) { again(); return; } active--; settled.push(one.id); schedule(); pump(); });
  });
  request.on('error', again);
  request.end(one.bundle);
}
const server = net.createServer((socket) => {
  socket.setNoDelay(true);
  let rest: Buffer | null = null;
  socket.on('data', (chunk: Buffer) => {
    rest = rest === null ? chunk : Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf('\x1c\r'); end >= 0; end = rest.indexOf('\x1c\r')) {
      const raw = Buffer.from(rest.subarray(rest.indexOf(0x0b) + 1, end));
      rest = rest.subarray(end + 2);
      const text = raw.toString('utf8');
      arrived.push({ raw, msh: text.slice(0, text.indexOf('\r')).split('|'), bundle: bundleOf(text), socket });
      schedule();
    }
    if (rest.length === 0) rest = null;
  });
  socket.on('error', () => undefined);
});
server.listen(Number(port), '127.0.0.1', () => { console.log('floor', (server.address() as AddressInfo).port); });
