import { FhirPathError } from '../ast.ts';

const maxSubject = 65_536;
const maxKept = 500;
const kept = new Map<string, RegExp>();

/**
 * A regular expression of a profile, which is not to be trusted: the subject is cut at 64 KB, and a pattern that
 * repeats a repetition (`(a+)+`) is refused, for it can take exponential time.
 */
export function matcher(pattern: string, whole: boolean): (subject: string) => boolean {
  const key = `${whole ? 1 : 0}${pattern}`;
  let expression = kept.get(key);
  if (expression === undefined) {
    expression = compiled(whole ? `^(?:${pattern})$` : pattern);
    if (kept.size >= maxKept) kept.clear();
    kept.set(key, expression);
  }
  const test = expression;
  return subject => subject.length <= maxSubject && test.test(subject);
}

function compiled(pattern: string): RegExp {
  if (repeatsRepetition(pattern)) throw new FhirPathError('this pattern could take exponential time');
  try {
    return new RegExp(pattern, 'su');
  } catch {
    try {
      return new RegExp(pattern, 's'); // XPath-style escapes such as \- are refused with the u flag
    } catch {
      throw new FhirPathError('not a regular expression');
    }
  }
}

/** An unbounded group (`)+`, `)*`, `){n,}`) whose content begins or ends with something unbounded. */
export function repeatsRepetition(pattern: string): boolean {
  const bare = pattern.replace(/\\./g, 'x').replace(/\[(?:[^\]\\]|\\.)*\]/g, 'x');
  const starts: number[] = [];
  for (let i = 0; i < bare.length; i++) {
    if (bare[i] === '(') starts.push(i);
    if (bare[i] !== ')') continue;
    const body = bare.slice((starts.pop() ?? 0) + 1, i).replace(/^\?[:=!]/, '');
    if (/^(?:[+*]|\{\d*,\})/.test(bare.slice(i + 1)) && body.split('|').some(ambiguous)) return true;
  }
  return false;
}

/** A branch made only of one unbounded piece, possibly with optional ones around: `a+`, `x*`, `(…)+`. */
function ambiguous(branch: string): boolean {
  const pieces = branch.match(/(?:\([^()]*\)|.)(?:[+*?]|\{[^}]*\})?/g) ?? [];
  const required = pieces.filter(piece => !/[*?]$/.test(piece));
  const unbounded = pieces.filter(piece => /(?:[+*]|,\})$/.test(piece));
  return unbounded.length > 0 && required.every(piece => unbounded.includes(piece)) || unbounded.length > 1 && required.length <= 1;
}
