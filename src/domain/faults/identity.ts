import { faults } from '../fault.ts';

export const identityFaults = faults({});
