import { join } from 'node:path';

/** Development material beside the checkout; it is not part of the project, and nothing needs it but tests and benches. */
export const sharedFolder = process.env.PASSERELLE_SHARED ?? join(import.meta.dirname, '..', '..', 'shared');
