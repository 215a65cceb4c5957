import { as, finding, type Finding } from '../domain/finding.ts';
import { controlCharacters } from '../formats/hl7v2/control-characters.ts';
import type { Hl7Message } from '../formats/hl7v2/model.ts';
import type { TransmissionOrder } from './volet/order.ts';

/** One bad export holds thousands. */
const mostFindings = 20;

/**
 * Characters that no XML can carry. Who sends a document of the volet and who receives it (PRT) goes into our own metadata,
 * VIHF and mail: refused. Elsewhere what is written is JSON, or the document itself, whose reader judged it: told.
 */
export const controlCharacterFindings = (message: Hl7Message, order: TransmissionOrder | null): Finding[] =>
  controlCharacters(message).slice(0, mostFindings).map((place) => {
    const found = finding('hl7v2.control-character', place, place);
    return order?.volet === 'cda' && place.startsWith('PRT') ? as('error', found) : found;
  });
