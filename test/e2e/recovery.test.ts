import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { keyRingOf } from '../../src/compose/keys.ts';
import { documentKey } from '../../src/facts/series.ts';
import { loadConfig } from '../../src/config/load.ts';
import { contentDigest } from '../../src/formats/hl7v2/identify.ts';
import { identify } from '../../src/formats/identify.ts';
import { openSqliteJournal } from '../../src/journal/sqlite/open.ts';
import { askControl } from '../../src/operate/control/socket.ts';
import { newMessage, newPlan } from '../contract/journal-samples.ts';
import { startLaboratory } from '../crash/laboratory.ts';
import { messageOf } from '../crash/messages.ts';
import { startRegion } from '../crash/region.ts';
import { MllpPeer } from '../mllp-peer.ts';
import { folder, impatient, runningGateway, settings, toRegion } from './gateway.ts';

// More than the journal gives back at once: a start must complete them all, or what was answered CA would wait for ever.
const stored = 130;

test('messages that a stop left without a plan are all completed at the start, in order, application acknowledgements included', async () => {
  const place = folder();
  const region = await startRegion(() => 0);
  const laboratory = await startLaboratory(() => 0);
  const { destinations, rules } = toRegion(region.url) as { destinations: object[]; rules: object[] };
  const file = settings(place.path, {
    rules, destinations: [...destinations, { id: 'answers', system: 'hl7v2', ...impatient, settings: { url: laboratory.url } }],
    sources: [{ id: 'lab', organisation: 'Test', listeners: ['mllp'], networks: ['127.0.0.0/8'], senders: ['*'], answersTo: 'answers' }],
  });
  const config = loadConfig(file);
  const journal = await openSqliteJournal({ folder: config.data, keys: keyRingOf(config), clock: Date.now, repeatWindowMs: 1e9, crashesBeforeQuarantine: 3 });
  const messages = Array.from({ length: stored }, (_, i) => messageOf(i + 1, i % 5, 'enhanced'));
  for (const { text } of messages) {
    const bytes = Buffer.from(text);
    await journal.append({ trace: randomUUID(), source: 'lab', receivedAt: Date.now(), identified: identify(bytes), contentDigest: contentDigest(bytes), bytes });
  }
  await journal.close();

  const gateway = await runningGateway(file);
  const asked = await askControl(join(place.path, 'data'));
  try {
    for (let looks = 0; looks < 800; looks++) {
      const counts = await asked?.control.counts();
      if (counts?.deliveries.delivered === 2 * stored) break;
      expect(counts?.messages).toMatchObject({ received: stored, planned: stored, pipeline: 0 });
      await new Promise((later) => { setTimeout(later, 50); });
    }
    for (const patient of new Set(messages.map((one) => one.patient))) expect(region.order.get(patient)).toEqual(messages.filter((one) => one.patient === patient).map(({ id }) => id));
    expect(laboratory.arrivals.map(({ about }) => about).sort()).toEqual(messages.map(({ id }) => id));
    expect((await gateway.stop()).code).toBe(0);
  } finally {
    asked?.close();
    await gateway.kill();
    await Promise.all([region.close(), laboratory.close()]);
    place.remove();
  }
}, 60_000);

test('a stored document that later messages deleted or replaced before it got its plan is not sent at the start', async () => {
  const place = folder();
  const region = await startRegion(() => 0);
  const file = settings(place.path, toRegion(region.url));
  const config = loadConfig(file);
  const journal = await openSqliteJournal({ folder: config.data, keys: keyRingOf(config), clock: Date.now, repeatWindowMs: 1e9, crashesBeforeQuarantine: 3 });
  for (const n of [1, 2, 3]) {
    const bytes = Buffer.from(messageOf(n, n, 'document').text);
    await journal.append({ trace: randomUUID(), source: 'lab', receivedAt: Date.now(), identified: identify(bytes), contentDigest: contentDigest(bytes), bytes });
  }
  const id = (n: number): string => `1.2.250.1.999.1.1.77.${n}`;
  const told = { kind: 'document', sha1: 'x', source: 'lab', patient: [] } as const;
  await journal.accept(newMessage('later'), newPlan({
    deliveries: [], facts: [
      { ...told, keys: [documentKey(id(1))], uniqueId: id(1), action: 'delete', series: id(1) },
      { ...told, keys: [documentKey(id(9)), documentKey(id(2))], uniqueId: id(9), action: 'replace', series: id(2) },
    ],
  }));
  await journal.close();

  const gateway = await runningGateway(file);
  const asked = await askControl(join(place.path, 'data'));
  try {
    const became = await Promise.all([1, 2, 3].map(async (seq) => { const story = await asked?.control.show(String(seq)); return [story?.message.disposition, story?.findings.find((one) => one.severity === 'error')?.code]; }));
    expect(became).toEqual([['rejected', 'facts.document-deleted'], ['rejected', 'facts.document-replaced'], ['planned', undefined]]);
  } finally {
    asked?.close();
    await gateway.kill();
    await region.close();
    place.remove();
  }
}, 60_000);

test('a quarantined message is planned again by a person and delivered; its sender’s repeat then gets that answer', async () => {
  const place = folder();
  const region = await startRegion(() => 0);
  const file = settings(place.path, toRegion(region.url));
  const config = loadConfig(file);
  const journal = await openSqliteJournal({ folder: config.data, keys: keyRingOf(config), clock: Date.now, repeatWindowMs: 1e9, crashesBeforeQuarantine: 3 });
  const { text, id } = messageOf(1, 1, 'enhanced');
  const bytes = Buffer.from(text);
  await journal.quarantine({ trace: randomUUID(), source: 'lab', receivedAt: Date.now(), identified: identify(bytes), contentDigest: contentDigest(bytes), bytes }, 'intake.stages-failed');
  await journal.close();

  const gateway = await runningGateway(file);
  const asked = await askControl(join(place.path, 'data'));
  try {
    const by = { by: 'lea', why: 'version corrigée' };
    expect(await asked?.control.replan('1', by)).toEqual({ seq: 1, disposition: 'planned', ack: 'AA', deliveries: 1 });
    await expect(asked?.control.replan('1', by)).rejects.toMatchObject({ code: 'journal.not-quarantined' });
    await expect(asked?.control.replan('99', by)).rejects.toMatchObject({ code: 'journal.unknown' });
    for (let looks = 0; looks < 200 && (await asked?.control.counts())?.deliveries.delivered !== 1; looks++) await new Promise((later) => { setTimeout(later, 50); });
    expect([...region.order.values()]).toEqual([[id]]);
    const peer = new MllpPeer(gateway.ports.mllp ?? 0);
    peer.write(Buffer.concat([Buffer.of(0x0b), bytes, Buffer.of(0x1c, 0x0d)]));
    expect(await peer.got(1)).toEqual([`AA ${id}`]);
    expect((await asked?.control.counts())?.messages).toMatchObject({ received: 2, planned: 1, repeated: 1, quarantined: 0 });
    expect(await asked?.control.verify()).toEqual([]);
  } finally {
    asked?.close();
    await gateway.kill();
    await region.close();
    place.remove();
  }
}, 60_000);
