import { faults } from '../fault.ts';

export const configFaults = faults({});
