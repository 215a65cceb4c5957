import { journalContract } from '../../../test/contract/journal.ts';
import { sqlitePlace } from '../../../test/contract/sqlite-place.ts';

journalContract('sqlite', () => sqlitePlace());
