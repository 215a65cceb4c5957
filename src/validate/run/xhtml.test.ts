import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { xhtmlHasContent, xhtmlProblem } from './xhtml.ts';

const div = (inner: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`;

describe('a narrative', () => {
  test.each([
    ['', undefined], ['<p>a &amp; b &#233; &#160;</p>', undefined], ['<p>a&nbsp;b</p>', 'entity'], ['<p>a<ul><li>b</li></ul></p>', 'element'], ['<center>a</center>', 'element'], ['<br/><img src="a.png" alt="x"/>', undefined], ['<!-- note --><p>x</p >', undefined],
    ['<script>x</script>', 'element'], ['<p onclick="x">y</p>', 'attribute'], ['<a href="javascript:x">y</a>', 'link'], ['&reg;', 'entity'], ['a & b', 'syntax'],
    ['<p>', 'syntax'], ['<p></b></p>', 'syntax'], ['<p class=x>y</p>', 'syntax'], ['<p>a &copy; b</p>', 'entity'], ['<p title="&eacute;">x</p>', 'entity'],
  ])('%j: %s', (inner, kind) => {
    expect(xhtmlProblem(div(inner))?.kind).toBe(kind);
  });

  test.each([['', 'root'], ['text', 'root'], ['<div>x</div>', 'namespace'], [`${div('a')}${div('b')}`, 'root'], [`${div('a')} tail`, 'root'], ['<p xmlns="http://www.w3.org/1999/xhtml">x</p>', 'root']])('%j is not one div of XHTML', (text, kind) => {
    expect(xhtmlProblem(text)?.kind).toBe(kind);
  });

  test.each([[div('x'), true], [div('<p> &nbsp; </p>'), false], [div('<img src="x"/>'), true], [div(''), false]])('%j has content: %s', (text, expected) => {
    expect(xhtmlHasContent(text)).toBe(expected);
  });

  test('any text has an answer, in linear time', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('<', '>', '/', '&', ';', '"', "'", '=', 'p', 'div', ' ', '!', '-') }), text => {
      expect(() => xhtmlProblem(div(text))).not.toThrow();
    }));
    const long = div('<p class="x">text &amp; more</p>'.repeat(50_000));
    const start = performance.now();
    expect(xhtmlProblem(long)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
