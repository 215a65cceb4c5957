import { readFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import { Agent, request } from 'undici';
import { Framer } from '../net/mllp-framer.ts';
import { CommandFault, type Output } from './output.ts';
import { messagesOf, readInput } from './inputs.ts';

export interface SenderOptions { readonly ca?: string; readonly cert?: string; readonly key?: string; readonly token?: string; readonly timeoutMs: number }
export interface SendOptions extends SenderOptions { readonly to: string }
export interface Sender { send(bytes: Uint8Array): Promise<Answered>; close(): void }
export interface Answered { readonly code: string; readonly text: string }

const tlsOf = (options: SenderOptions) => ({
  ...(options.ca === undefined ? {} : { ca: readFileSync(options.ca) }), ...(options.cert === undefined ? {} : { cert: readFileSync(options.cert) }), ...(options.key === undefined ? {} : { key: readFileSync(options.key) }),
});

/** One connection, one message at a time, as a careful source system would. */
function mllpSender(url: URL, options: SenderOptions): Sender {
  const at = { host: url.hostname, port: Number(url.port === '' ? 2575 : url.port) };
  const socket = url.protocol === 'mllps:' ? tls.connect({ ...at, servername: url.hostname, ...tlsOf(options) }) : net.connect(at);
  const framer = new Framer(64 * 1024 * 1024);
  let settle: { resolve(answer: Answered): void; reject(error: Error): void } | null = null;
  let gone: Error | null = null;
  socket.setTimeout(options.timeoutMs, () => socket.destroy(new Error(`no answer within ${options.timeoutMs} ms`)));
  socket.on('data', (chunk: Buffer) => {
    for (const framed of framer.push(chunk)) {
      if (framed.kind !== 'frame') continue;
      const text = new TextDecoder().decode(framed.bytes);
      settle?.resolve({ code: /\rMSA\|(\w\w)/.exec(text)?.[1] ?? '?', text });
    }
  });
  socket.on('error', (error: Error) => { gone = error; settle?.reject(error); });
  socket.on('close', () => { gone ??= new Error('the peer closed the connection'); settle?.reject(gone); });
  return {
    send: (bytes) => new Promise((resolve, reject) => {
      if (gone !== null) { reject(gone); return; }
      settle = { resolve, reject };
      socket.write(Buffer.concat([Buffer.of(0x0b), bytes, Buffer.of(0x1c, 0x0d)]));
    }),
    close: () => socket.end(),
  };
}

function httpSender(url: URL, options: SenderOptions): Sender {
  const agent = new Agent({ connect: tlsOf(options), headersTimeout: options.timeoutMs });
  return {
    send: async (bytes) => {
      const { statusCode, body } = await request(url, { method: 'POST', body: bytes, dispatcher: agent, headers: { 'content-type': 'application/octet-stream', ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }) } });
      const text = await body.text();
      return { code: /\rMSA\|(\w\w)/.exec(text)?.[1] ?? String(statusCode), text };
    },
    close: () => { void agent.close(); },
  };
}

/** A source system's side of an address: mllp, mllps, http or https. */
export const openSender = (url: URL, options: SenderOptions): Sender => (url.protocol.startsWith('mllp') ? mllpSender(url, options) : httpSender(url, options));

const positive = (code: string): boolean => ['AA', 'CA', '200', '202'].includes(code);

/** `send FILE… --to URL`: exit 0 when every message was answered positively. */
export async function send(files: readonly string[], options: SendOptions, output: Output): Promise<number> {
  if (!URL.canParse(options.to)) throw new CommandFault(output.words(`--to attend une adresse, comme mllp://127.0.0.1:2575 (reçu : ${options.to})`, `--to wants an address such as mllp://127.0.0.1:2575 (got: ${options.to})`), 2);
  const url = new URL(options.to);
  if (!['mllp:', 'mllps:', 'http:', 'https:'].includes(url.protocol)) throw new CommandFault(output.words(`protocole inconnu ${url.protocol} ; connus : mllp, mllps, http, https`, `unknown protocol ${url.protocol}; known: mllp, mllps, http, https`), 2);
  const sender = openSender(url, options);
  let exit = 0;
  try {
    for (const file of files) {
      const input = readInput(file, (fr, en) => output.words(fr, en));
      if ('problem' in input) { exit = 1; output.record({ file, ack: null, error: input.problem }); output.line(`${file} : ${input.problem}`); continue; }
      for (const bytes of messagesOf(input.bytes)) {
        try {
          const { code, text } = await sender.send(bytes);
          if (!positive(code)) exit = 1;
          output.record({ file, ack: code, text });
          output.line(`${file} → ${code}\n${text.replaceAll('\r', '\n').trimEnd()}`);
        } catch (error) {
          exit = 1;
          const why = error instanceof Error ? error.message : 'unknown';
          output.record({ file, ack: null, error: why });
          output.line(`${file} : ${output.words('pas de réponse', 'no answer')} (${why})`);
        }
      }
    }
  } finally { sender.close(); }
  return exit;
}
