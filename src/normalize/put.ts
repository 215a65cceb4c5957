import type { Element, Extension } from '@medplum/fhirtypes';
import { extensions } from './tables/urls.ts';

/** Sets an element that has a value; an empty text, null or undefined leaves it out, as FHIR wants. */
export function put<T extends object, K extends keyof T>(to: T, key: K, value: T[K] | null | undefined): void {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) return;
  to[key] = value;
}

/** Appends a value to a repeating element, making the array at the first one. */
export function push<T extends object, K extends keyof T>(to: T, key: K, ...values: (T[K] extends (infer V)[] | undefined ? V : never)[]): void {
  if (values.length === 0) return;
  const list = (to[key] ?? []) as unknown[];
  list.push(...values);
  to[key] = list as T[K];
}

/** `_element` of a primitive, which the types leave out. */
export function putBeside(to: object, element: string, beside: Element): void {
  (to as Record<string, Element>)[`_${element}`] = beside;
}

/**
 * What HL7 v2's explicit null (`""`) becomes: the element is there, and says it has no value. A receiver that stores the
 * resource as it is replaces what it had; an element that is absent says nothing.
 */
export const deleted = (): { extension: Extension[] } => ({ extension: [{ url: extensions.dataAbsent, valueCode: 'unknown' }] });
