import type { Config } from '../config/model.ts';
import { finding, type Finding } from '../domain/finding.ts';
import type { BundleCheck } from '../pipeline.ts';
import { openValidator } from './validator.ts';

/**
 * The validate stage for a configuration: a message's Bundle against the profiles its flow must meet. Errors and what could
 * not be checked become findings; `report` makes them warnings, so that they never refuse a message. Null when it is off.
 */
export function bundleCheck({ validation, packages, language }: Config): BundleCheck | null {
  if (validation.mode === 'off') return null;
  const validator = openValidator({ store: packages.folder, packages: validation.packages, unknownExtensions: 'warning', language });
  const severity = validation.mode === 'enforce' ? 'error' : 'warning';
  return (bundle, profiles): Finding[] => {
    const { outcome, unchecked } = validator.validate(bundle, { profiles });
    const broken = outcome.issue.filter((one) => one.severity === 'error' || one.severity === 'fatal').map(({ details, expression, extension }): Finding => {
      const context = extension?.find((one) => one.url.endsWith('operationoutcome-issue-context'));
      return { ...finding('validate.issue', expression?.[0] ?? 'Bundle', details.text), severity, spec: context !== undefined && 'valueString' in context ? context.valueString : '' };
    });
    return [...broken, ...unchecked.map((one) => finding('validate.unchecked', one.path, one.valueSet))];
  };
}
