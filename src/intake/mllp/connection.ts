import type { Socket } from 'node:net';
import type { FaultCode } from '../../domain/catalogue.ts';
import { framed, Framer, type Framed } from '../../net/mllp-framer.ts';
import type { Peer } from '../sources.ts';
import { take, type IntakePorts } from '../take.ts';
import { closeGently } from './linger.ts';

export interface ConnectionLimits { readonly maxBytes: number; readonly idleMs: number; readonly frameMs: number }

/** Frames of one connection between arrival and answer; more stay in the socket. */
const pipeline = 16;
/** A frame in progress gets its time anew each time so much more of it came. */
const progressBytes = 262_144;
/** How long a frame that ended with 0x1C alone waits for its 0x0D. */
const loneEndMs = 300;
/** Frames smaller than this are always let in whole, whatever the memory budget says. */
const alwaysHeld = 65_536;

/** A frame's place in the order of answers; `bytes` null when nothing is due. */
interface Slot { answer: { readonly bytes: Uint8Array | null } | null }

/** One MLLP peer: frames in, answers out in the order of the frames. One bad frame never stops the next (invariant 7). */
export class MllpConnection {
  readonly peer: Peer;
  readonly #socket: Socket;
  readonly #ports: IntakePorts;
  readonly #limits: ConnectionLimits;
  readonly #stream: string;
  readonly #framer: Framer;
  readonly #slots: Slot[] = [];
  readonly #waiting: { readonly slot: Slot; readonly bytes: Uint8Array }[] = [];
  #running = 0;
  /** Bytes of the frame in progress that the memory budget knows of. */
  #held = 0;
  #progress = 0;
  #timer: NodeJS.Timeout | null = null;
  #loneEnd: NodeJS.Timeout | null = null;
  #ending = false;
  #closed = false;
  frameSince: number | null = null;

  constructor(socket: Socket, peer: Peer, stream: string, ports: IntakePorts, limits: ConnectionLimits) {
    this.#socket = socket; this.peer = peer; this.#stream = stream; this.#ports = ports; this.#limits = limits;
    this.#framer = new Framer(limits.maxBytes);
    socket.setNoDelay(true);
    // A peer that vanished without a word (half-open) is found by the system's probes.
    socket.setKeepAlive(true, 30_000);
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('end', () => this.#ended());
    socket.on('drain', () => { this.#flow(); });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#gone());
    this.#watch(true);
  }

  get partial(): number | null { return this.#framer.partial; }
  get unanswered(): number { return this.#slots.length; }

  /** Reads no more; what was read whole is finished and answered, then the connection closes. */
  stop(): void {
    if (this.#ending) return;
    this.#stopReading('intake.stopping');
  }
  destroy(): void { this.#socket.destroy(); }

  #read(chunk: Buffer): void {
    if (this.#ending) return;
    if (this.#loneEnd) { clearTimeout(this.#loneEnd); this.#loneEnd = null; }
    const found = this.#framer.push(chunk);
    this.#account();
    for (const one of found) this.#sort(one);
    if (this.#framer.endingOpen) this.#loneEnd = setTimeout(() => this.#settle(), loneEndMs);
    if (found.length > 0) this.frameSince = null;
    const progress = Math.floor((this.#framer.partial ?? 0) / progressBytes);
    this.#watch(found.length > 0 || progress !== this.#progress);
    this.#progress = progress;
    this.#flow();
  }

  #settle(): void {
    const found = this.#framer.settle();
    this.#account();
    for (const one of found) this.#sort(one);
    this.#watch(true);
    this.#flow();
  }

  #sort(one: Framed): void {
    switch (one.kind) {
      case 'frame': {
        if (one.bytes.length > alwaysHeld && !this.#ports.admission.hold(one.bytes.length)) { this.#refuse(one.bytes, 'intake.overloaded', one.bytes.length); return; }
        const slot: Slot = { answer: null };
        this.#slots.push(slot);
        this.#waiting.push({ slot, bytes: one.bytes });
        this.#run();
        return;
      }
      case 'skipped': this.#refuse(one.head, one.why === 'size' ? 'intake.frame-too-large' : 'intake.overloaded', one.size); return;
      // The peer began again inside the frame: it waits for one answer, that of the frame it ended.
      case 'truncated': this.#tell('intake.frame-truncated', one.size); return;
      case 'garbage': this.#tell('intake.garbage', one.size);
    }
  }

  #run(): void {
    while (this.#running < pipeline) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#running++;
      const { bytes, slot } = next;
      void take(this.#ports, this, this.peer, bytes, 'mllp', this.#stream).then(({ answer, refused }) => {
        slot.answer = { bytes: refused === undefined ? answer.bytes : this.#ports.refuse(bytes, refused) };
        this.#running--;
        if (bytes.length > alwaysHeld) this.#ports.admission.release(bytes.length);
        this.#flush();
        this.#run();
        this.#flow();
      });
    }
  }

  #refuse(head: Uint8Array, fault: FaultCode, size: number): void {
    this.#tell(fault, size);
    this.#slots.push({ answer: { bytes: this.#ports.refuse(head, fault) } });
    this.#flush();
  }

  /** Writes what is ready, in the order of the frames. */
  #flush(): void {
    while (this.#slots[0]?.answer) {
      const bytes = this.#slots.shift()?.answer?.bytes;
      // Nothing is due to an acknowledgement, taken or not.
      if (bytes && bytes.length > 0 && this.#socket.writable) this.#socket.write(framed(bytes));
    }
    if (this.#slots.length > 0) return;
    if (this.#ending && !this.#closed) closeGently(this.#socket);
    else this.#watch(true);
  }

  /** Back-pressure: a peer is read while it has room among its own frames and takes its answers. */
  #flow(): void {
    if (this.#ending) return;
    const full = this.#slots.length >= pipeline || this.#socket.writableNeedDrain;
    if (full === this.#socket.isPaused()) return;
    if (full) this.#socket.pause(); else this.#socket.resume();
    this.#watch(true);
  }

  /** The memory budget knows of frames in progress once they are more than small. */
  #account(): void {
    const held = this.#framer.held > alwaysHeld ? this.#framer.held : 0;
    if (held > this.#held && !this.#ports.admission.hold(held - this.#held)) { this.#framer.skip('memory'); this.#account(); return; }
    if (held < this.#held) this.#ports.admission.release(this.#held - held);
    this.#held = held;
  }

  /** One clock a connection: for the frame in progress, else for silence. None while the wait is ours. */
  #watch(anew: boolean): void {
    const partial = this.#framer.partial !== null;
    if (partial !== (this.frameSince !== null)) { this.frameSince = partial ? performance.now() : null; anew = true; }
    if (!anew || this.#ending) return;
    if (this.#timer) { clearTimeout(this.#timer); this.#timer = null; }
    const stalled = this.#socket.writableNeedDrain;
    if (!stalled && (this.#socket.isPaused() || (!partial && this.#slots.length > 0))) return;
    this.#timer = setTimeout(() => {
      if (partial && !stalled) { this.#stopReading('intake.frame-timeout'); return; }
      this.#tell('intake.idle');
      // A peer that does not even take its answers will not take a polite end.
      if (stalled) this.#socket.destroy(); else this.#stopReading('intake.idle');
    }, partial && !stalled ? this.#limits.frameMs : this.#limits.idleMs);
  }

  #ended(): void { if (!this.#ending) this.#stopReading('intake.frame-truncated'); }

  /** No frame is taken any more; one that is not whole is answered with `fault`. */
  #stopReading(fault: FaultCode): void {
    for (const one of this.#framer.end()) if (one.kind === 'truncated') this.#refuse(one.head, fault, one.size); else this.#sort(one);
    this.#over();
    this.#socket.resume();
    this.#flush();
  }

  #gone(): void {
    this.#closed = true;
    if (!this.#ending) for (const one of this.#framer.end()) if (one.kind !== 'frame') this.#sort(one);
    this.#over();
  }

  #over(): void {
    this.#ending = true;
    this.#account();
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#loneEnd) clearTimeout(this.#loneEnd);
  }

  #tell(fault: FaultCode, size?: number): void {
    this.#ports.report({ fault, listener: this.peer.listener, peer: this.peer.address, ...(size === undefined ? {} : { size }) });
  }
}
