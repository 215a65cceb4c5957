import { faults } from '../fault.ts';

export const routeFaults = faults({});
