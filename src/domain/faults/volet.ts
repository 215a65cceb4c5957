import { faults } from '../fault.ts';

export const voletFaults = faults({});
