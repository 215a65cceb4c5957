import { axe } from './axe.ts';
import { inBrowser } from './given.ts';

inBrowser('console', axe);
