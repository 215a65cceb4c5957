/**
 * Fields that tell how a message is built, not what it says: they have no place in the Bundle and are no loss.
 * The reason stands beside each.
 */
const reasons: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  MSH: {
    1: 'field separator', 2: 'other separators', 12: 'HL7 version of the message: the reader’s business',
    15: 'commit acknowledgement wanted: answered by the gateway', 16: 'application acknowledgement wanted: answered by the gateway',
    17: 'country whose profile applies', 18: 'character set: the text is decoded',
  },
  EVN: { 1: 'repeats MSH-9-2' },
  PID: { 1: 'set id' }, PV1: { 1: 'set id' }, NK1: { 1: 'set id' }, OBR: { 1: 'set id' }, NTE: { 1: 'set id' },
  SPM: { 1: 'set id' }, TXA: { 1: 'set id', 3: 'how the document is written in the message: it is decoded' }, TQ1: { 1: 'set id' }, PRT: { 2: 'action: the participation stands as written' }, ROL: { 2: 'action: the role stands as written, and one that is deleted (DE) is left out whole' }, ZFS: { 1: 'set id' },
  OBX: { 1: 'set id', 2: 'type of OBX-5: seen in value[x]' },
};

/** Field numbers by segment name. */
export const structural: Readonly<Record<string, ReadonlySet<number>>> =
  Object.fromEntries(Object.entries(reasons).map(([name, fields]) => [name, new Set(Object.keys(fields).map(Number))]));
