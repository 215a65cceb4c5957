import { faults } from '../fault.ts';

export const documentFaults = faults({});
