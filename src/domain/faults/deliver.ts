import { faults } from '../fault.ts';

export const deliverFaults = faults({});
