import { faults } from '../fault.ts';

export const journalFaults = faults({});
