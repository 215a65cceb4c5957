import { randomUUID } from 'node:crypto';
import { fault, type Answer, type RegistryError, type ResponseStatus, envelope, registryResponse } from './answer.ts';
import { judge, refusal, type Verdict } from './judge.ts';
import type { Received } from './received.ts';
import type { Change } from './registry.ts';
import type { Scenario } from './scenario.ts';
import { authorised, existence } from './transactions/patients.ts';
import { provided, providedAnswer } from './transactions/provide.ts';
import { queried, queriedAnswer } from './transactions/query.ts';
import { retrieveAction, retrieved, retrieveResponse } from './transactions/retrieve.ts';
import { updateAction, updated } from './transactions/update.ts';

/** What became of a request: its verdicts, its answer, and what it changes in the record (nothing when refused). */
export interface Outcome {
  readonly verdicts: readonly Verdict[];
  readonly answer: Answer;
  readonly change: Change;
  /** `Success`, `Failure`…, `Fault`, `HTTP 503`: as the report words it. */
  readonly status: string;
}

const context = ({ rule, broken }: Verdict): string => `${broken[0]?.at ?? ''} : ${rule.title.fr} [${rule.id}]`;
const errorOf = (verdict: Verdict): RegistryError => ({ code: verdict.rule.code, context: context(verdict), location: verdict.broken[0]?.at ?? '', severity: 'Error' });

/** The answer of a transaction that ends with these errors or warnings. */
function response(received: Received, status: ResponseStatus, errors: readonly RegistryError[]): Answer {
  const say = ({ action, body }: { action: string; body: string }): Answer => ({ status: 200, envelope: envelope(action, received.messageId, body) });
  switch (received.transaction) {
    case 'TD2.1': return say(providedAnswer(status, errors));
    case 'TD3.1a': case 'TD3.1b': return say(queriedAnswer(received, status === 'Failure' ? [] : queried(received), errors));
    case 'TD3.2': {
      if (errors.length > 0) return say({ action: retrieveAction, body: retrieveResponse(registryResponse(status, errors), '') });
      const { body, documents } = retrieved(received);
      return { ...say({ action: retrieveAction, body }), documents };
    }
    case 'TD3.3a/b': case 'TD3.3c': case 'TD3.3d': return say({ action: updateAction, body: registryResponse(status, errors) });
    case 'TD0.2': return errors.length > 0 ? faultOf(received, errors) : say(existence(received));
    case 'TD0.3': return errors.length > 0 ? faultOf(received, errors) : say(authorised(received));
    case 'unknown': return fault(received.messageId, 'Sender', 'InvalidMessage', 'Service inconnu', 'soap-body-of-service');
  }
}
const faultOf = (received: Received, [first]: readonly RegistryError[]): Answer => fault(received.messageId, 'Sender', first?.code ?? 'InvalidRequest', first?.context ?? '', first?.location ?? '');

function changeOf(received: Received): Change {
  switch (received.transaction) {
    case 'TD2.1': return provided(received);
    case 'TD3.3a/b': case 'TD3.3c': case 'TD3.3d': return updated(received);
    case 'TD0.3': return authorised(received).change;
    default: return {};
  }
}
/** Once the VIHF and the message id have been believed, they are used up. */
const used = (received: Received, verdicts: readonly Verdict[]): Change => (verdicts.some((one) => one.status === 'fail' && ['transport', 'soap', 'vihf'].includes(one.rule.family)) ? {}
  : { assertion: { id: received.vihf?.id ?? randomUUID(), at: received.at }, message: { id: received.messageId, at: received.at } });

/** Judges a request, then lets the scenario of the moment decide the answer. */
export function process(received: Received, scenario: Scenario | null): Outcome {
  const verdicts = judge(received);
  const refused = refusal(verdicts);
  const seen = used(received, verdicts);
  if (refused !== null && 'fault' in refused) {
    return { verdicts, answer: fault(received.messageId, 'Sender', refused.fault.rule.code, context(refused.fault), refused.fault.rule.id), change: seen, status: `Fault ${refused.fault.rule.code}` };
  }
  if (refused !== null) return { verdicts, answer: response(received, 'Failure', refused.errors.map(errorOf)), change: seen, status: 'Failure' };
  const told = (code: string, severity: RegistryError['severity'], text: string): RegistryError[] => [{ code, context: text, location: 'scénario', severity }];
  const kept = (): Change => ({ ...changeOf(received), ...seen });
  switch (scenario?.kind) {
    case 'busy': return { verdicts, answer: response(received, 'Failure', told(scenario.code ?? 'XDSRegistryBusy', 'Error', 'Trop d’activité')), change: seen, status: 'Failure' };
    case 'error': {
      const warning = scenario.severity === 'Warning';
      return { verdicts, answer: response(received, warning ? 'Success' : 'Failure', told(scenario.code, scenario.severity ?? 'Error', scenario.context ?? 'Scénario du simulateur')), change: warning ? kept() : seen, status: warning ? 'Success' : 'Failure' };
    }
    case 'partial': return { verdicts, answer: response(received, 'PartialSuccess', told(scenario.code ?? 'XDSExtraMetadataNotSaved', 'Warning', 'Métadonnées supplémentaires non conservées')), change: kept(), status: 'PartialSuccess' };
    case 'fault': return { verdicts, answer: fault(received.messageId, scenario.side ?? 'Receiver', scenario.subcode ?? 'InvalidSecurity', scenario.reason ?? 'Scénario du simulateur', 'scénario'), change: seen, status: `Fault ${scenario.subcode ?? 'InvalidSecurity'}` };
    case 'http': return { verdicts, answer: { status: scenario.status, envelope: '' }, change: seen, status: `HTTP ${String(scenario.status)}` };
    case 'reset-after-body': return { verdicts, answer: { status: 0, envelope: '' }, change: {}, status: 'connexion rompue' };
    default: {
      const lost = received.transaction === 'TD3.2' ? retrieved(received).errors : [];
      return { verdicts, answer: response(received, 'Success', []), change: kept(), status: lost.length > 0 ? 'Failure' : 'Success' };
    }
  }
}
