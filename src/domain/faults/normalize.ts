import { faults } from '../fault.ts';

export const normalizeFaults = faults({});
