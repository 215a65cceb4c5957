import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labResult } from '../bench/message.ts';
import { frame, MllpPeer } from '../mllp-peer.ts';
import { folder, impatient, runningGateway, settings } from './gateway.ts';
import { acksInTrace } from './trace.ts';

test('the reading of a trace sees an acknowledgement that left too early', () => {
  const wal = '24</data/journal.sqlite-wal>';
  const ack = (id: string) => `9 write(31<TCP:[127.0.0.1:2575->127.0.0.1:4000]>, "\\vMSH|^~\\\\&|\\rMSA|AA|${id}\\r\\34\\r", 99) = 99`;
  const write = `9 pwrite64(${wal}, "abc", 4096, 32) = 4096`;
  const good = [write, `9 fdatasync(${wal}) = 0`, ack('1'), write, `9 fdatasync(${wal} <unfinished ...>`, '10 futex(0x1) = 0', '9 <... fdatasync resumed>)         = 0', ack('2')];
  expect(acksInTrace(good.join('\n'))).toEqual([{ id: '1', synced: true, unsynced: false }, { id: '2', synced: true, unsynced: false }]);
  expect(acksInTrace([ack('1'), write, `9 fdatasync(${wal}) = 0`].join('\n'))).toEqual([{ id: '1', synced: false, unsynced: false }]);
  expect(acksInTrace([write, `9 fdatasync(${wal} <unfinished ...>`, ack('1')].join('\n'))).toEqual([{ id: '1', synced: false, unsynced: true }]);
  expect(acksInTrace([write, `9 fdatasync(${wal}) = -1 EIO (Input/output error)`, ack('1')].join('\n'))).toEqual([{ id: '1', synced: false, unsynced: true }]);
});

/** Enhanced mode needs a way back; nothing listens there, and the answers wait. */
const answered = {
  sources: [{ id: 'lab', organisation: 'Test', listeners: ['mllp'], networks: ['127.0.0.0/8'], senders: ['*'], answersTo: 'back' }],
  destinations: [{ id: 'back', system: 'hl7v2', ...impatient, settings: { url: 'mllp://127.0.0.1:1' } }],
};

const strace = spawnSync('strace', ['-V']).status === 0;
const whenTraceable = strace ? describe : (name: string, _tests: () => void): void => { describe(name, () => { test.skip('needs strace, which is not installed here', () => undefined); }); };

whenTraceable('the gateway under strace', () => {
  test('the sync of the journal returns before the acknowledgement is written (invariant 1)', async () => {
    const place = folder(['trace.txt']);
    try {
      const out = join(place.path, 'trace.txt');
      // -D: the gateway stays our own child, and the tracer goes when it does.
      const gateway = await runningGateway(settings(place.path, answered), { by: ['strace', '-D', '-f', '-yy', '-s', '600', '-e', 'trace=write,writev,sendto,sendmsg,pwrite64,fsync,fdatasync', '-o', out] });
      const peer = new MllpPeer(gateway.ports.mllp ?? 0);
      const messages = Array.from({ length: 12 }, (_, i) => {
        const text = labResult(i + 1, i, 'S');
        // Every third one in enhanced mode: CA, which promises the same.
        return i % 3 === 0 ? text.replace('|P|2.5^FRA^2.11|||||', '|P|2.5^FRA^2.11|||AL|NE|') : text;
      });
      for (const [i, message] of messages.entries()) { peer.write(frame(message)); await peer.got(i + 1); }
      const ids = messages.map((_, i) => `S${String(i + 1).padStart(9, '0')}`);
      expect(peer.answers).toEqual(ids.map((id, i) => `${i % 3 === 0 ? 'CA' : 'AA'} ${id}`));
      peer.close();
      await gateway.stop();
      expect(acksInTrace(readFileSync(out, 'latin1'))).toEqual(ids.map((id) => ({ id, synced: true, unsynced: false })));
    } finally { place.remove(); }
  }, 120_000);
});
