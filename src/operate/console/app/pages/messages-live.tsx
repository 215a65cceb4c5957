import { Anchor, Button, Group, Text } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { LiveBatch, LiveItem } from '../../../api/contract/messages.ts';
import { withQuery } from '../api/address.ts';
import { follow } from '../api/stream.ts';
import { DispositionBadge, StateBadge } from '../parts/badges.tsx';
import { Empty, Failed } from '../parts/states.tsx';
import { VirtualRows, type VirtualColumn } from '../parts/virtual-rows.tsx';
import { clockTime, duration, number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import type { Filter } from './messages-filter.ts';
import { messagesWords } from './messages-words.ts';

/** As many as are kept to be scrolled back to. */
const keptRows = 1000;
type Row = LiveItem & { readonly key: number };

/** What passes, newest first, drawn at most once a batch (the gateway sends four a second); paused, it stands still and counts. */
function useTail({ source, destination, type }: Filter, paused: boolean) {
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [since, setSince] = useState(0);
  const [unshown, setUnshown] = useState(0);
  const [state, setState] = useState<{ readonly open: boolean; readonly error: unknown }>({ open: false, error: null });
  const waiting = useRef<Row[]>([]);
  const standing = useRef(paused);
  const next = useRef(0);
  useEffect(() => {
    standing.current = paused;
    if (paused) return;
    const came = waiting.current.splice(0);
    setRows((before) => [...came, ...before].slice(0, keptRows));
    setSince(0);
  }, [paused]);
  useEffect(() => {
    const stop = new AbortController();
    const batch = ({ items, more }: LiveBatch): void => {
      const made = items.map((one): Row => ({ ...one, key: ++next.current })).reverse();
      if (standing.current) { waiting.current = [...made, ...waiting.current].slice(0, keptRows); setSince((count) => count + items.length + more); }
      else { setRows((before) => [...made, ...before].slice(0, keptRows)); if (more > 0) setUnshown((count) => count + more); }
    };
    setRows([]);
    setUnshown(0);
    void follow<LiveBatch>(withQuery('/api/messages/live', { source, destination, type }), { batch, state: (word, error) => { setState({ open: word === 'open', error }); } }, stop.signal);
    return () => { stop.abort(); };
  }, [source, destination, type]);
  return { rows, since, unshown, ...state };
}

export function LiveTail({ filter }: { readonly filter: Filter }) {
  const words = useWords(messagesWords);
  const { language } = useLanguage();
  const [paused, setPaused] = useState(false);
  const { rows, since, unshown, open, error } = useTail(filter, paused);
  const columns = useMemo((): VirtualColumn<Row>[] => [
    { id: 'time', header: words.time, cell: ({ at, trace }) => <Anchor component={Link} to={`/messages/${trace}`} size="sm">{clockTime(at, language)}</Anchor> },
    { id: 'what', header: words.what, cell: (one) => (one.kind === 'message' ? `${words.aMessage} ${one.type}` : `${words.aDelivery} ${String(one.delivery)}, ${words.attempt(String(one.attempt))}`) },
    { id: 'where', header: words.where, cell: (one) => (one.kind === 'message' ? one.source : one.destination) },
    { id: 'outcome', header: words.outcome, cell: (one) => (one.kind === 'message' ? <Group gap={6}><DispositionBadge disposition={one.outcome} />{one.ack !== null && <Text size="sm">{one.ack}</Text>}</Group> : <Group gap={6}><StateBadge state={one.state} />{one.cause !== null && <Text size="xs">{one.cause.text}</Text>}</Group>) },
    { id: 'took', header: words.took, cell: ({ ms }) => duration(ms, language) },
  ], [words, language]);
  return (
    <>
      <Group gap="sm">
        <Button variant={paused ? 'filled' : 'default'} aria-pressed={paused} onClick={() => { setPaused(!paused); }}>{paused ? words.resume : words.pause}</Button>
        <Text size="sm" role="status">{paused ? words.paused(number(since, language)) : open ? words.following : words.lost}</Text>
        {unshown > 0 && <Text size="sm" c="dimmed">{words.notShown(number(unshown, language))}</Text>}
      </Group>
      {error !== null && <Failed error={error} />}
      {rows.length === 0 ? <Empty>{words.waiting}</Empty> : <VirtualRows kind="live" label={words.live} rows={rows} columns={columns} rowKey={({ key }) => key} />}
    </>
  );
}
