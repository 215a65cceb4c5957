import { faults } from '../fault.ts';

export const intakeFaults = faults({});
