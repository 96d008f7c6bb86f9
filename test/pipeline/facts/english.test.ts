import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datesOf, factsOf, figuresOf } from './read.ts';

test('ranges, growth and goals of money and shares', () => {
  const pairs = [
    ['Grants between £10,000 and £2 million are available.', ['range 10000 GBP']],
    ['Salaries of $70,000-$90,000 are common.', ['range 70000 USD']],
    ['Grants of £10,000 and £20,000 were paid.', ['= 10000 GBP', '= 20000 GBP']],
    [
      'Spending rose by 12 percent and fell 3.2 per cent later.',
      ['change 0.12 ratio', 'change -0.032 ratio'],
    ],
    ['The agency reduced its use of paper by 20%.', ['change -0.2 ratio']],
    ['Nearly 90% of firms agree, less than 8% do not.', ['~ 0.9 ratio', '< 0.08 ratio']],
    ['The market is expected to reach $100 billion.', ['target 100000000000 USD']],
    ['It beat its target of 14%, achieving 18% overall.', ['target 0.14 ratio', '= 0.18 ratio']],
  ] as const;
  for (const [text, expected] of pairs) assert.deepEqual(figuresOf(text), expected, text);
  assert.equal(factsOf('figure', 'Salaries of $70,000-$90,000 are common.')[0]?.valueMax, 90000);
});

test('years and periods', () => {
  const pairs = [
    ['Since 2010 the deficit has halved.', ['2010']],
    ['The programme runs from 2014 to 2020.', ['2014/2020']],
    ['Accounts for 2016-17 are out.', ['2016/2017']],
    ['Growth in Q3 2024 was weak.', ['2024-07/2024-09']],
    ['The budget of FY 2025 is open.', ['2025']],
    ['The fair takes place from 10 to 24 July 2015.', ['2015-07-10/2015-07-24']],
    ['Chapter 2014 of 350 pages.', []],
  ] as const;
  for (const [text, expected] of pairs) assert.deepEqual(datesOf(text), expected, text);
  const [end] = factsOf('date', 'Work must finish by the end of 2025.');
  assert.deepEqual([end?.iso, end?.part, end?.role], ['2025', 'end', 'horizon']);
});

test('days by which somebody must act', () => {
  const due = (text: string) => factsOf('deadline', text).map(({ iso, relative }) => iso ?? relative);
  assert.deepEqual(due('Written comments are due by 5 p.m. EST on 15 March 2024.'), ['2024-03-15']);
  assert.deepEqual(due('The call is open until 30 April 2024.'), ['2024-04-30']);
  assert.deepEqual(due('Submit comments no later than 60 days after publication.'), [
    'no later than 60 days',
  ]);
  assert.deepEqual(due('This rule is effective June 1, 2024.'), []);
});

test('numbers of European and American acts', () => {
  const keys = (text: string) => factsOf('documentNumber', text).map(({ key }) => key);
  assert.deepEqual(keys('Directive 2014/65/EU and Decision No 1313/2013/EU apply.'), [
    'EU|2014|65',
    'EU|2013|1313',
  ]);
  assert.deepEqual(keys('Regulation (EC) No 1907/2006 and Regulation (EU) 2024/1689.'), [
    'EU|2006|1907',
    'EU|2024|1689',
  ]);
  assert.deepEqual(keys('See P.L. 117-167.'), ['Public Law||117-167']);
});
