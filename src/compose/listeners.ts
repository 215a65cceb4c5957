import { acknowledgementAtOnce } from '../acknowledge/plan.ts';
import type { Config, ListenerSettings } from '../config/model.ts';
import type { Clock } from '../domain/clock.ts';
import { finding } from '../domain/finding.ts';
import { identify } from '../formats/identify.ts';
import { splitMessages } from '../formats/hl7v2/lines.ts';
import type { Accept } from '../intake/accept.ts';
import { Admission } from '../intake/admission.ts';
