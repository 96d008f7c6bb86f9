import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createThrottle, type Throttle } from '../../mail/throttle.ts';

const at = (seconds: number) => new Date(Date.UTC(2021, 5, 28) + seconds * 1000);

function taken(throttle: Throttle, domain: string, seconds: number, tries = 1000): number {
  return Array.from({ length: tries }, () => throttle.take(domain, at(seconds))).filter(
    (one) => one === 'yes',
  ).length;
}

test('a minute lets its rate out, evenly after the first burst, and a quiet hour saves nothing up', () => {
  const throttle = createThrottle({ perMinute: 60, domainPerMinute: 0 });
  assert.equal(taken(throttle, 'a.example', 0), 60);
  assert.equal(throttle.take('a.example', at(0)), 'total');
  assert.equal(taken(throttle, 'a.example', 10), 10);
  assert.equal(taken(throttle, 'a.example', 3610), 60);
});

test('a domain that has had its share leaves the others theirs, and uses nothing of the total', () => {
  const throttle = createThrottle({ perMinute: 50, domainPerMinute: 20 });
  assert.equal(taken(throttle, 'big.example', 0), 20);
  assert.equal(throttle.take('big.example', at(0)), 'domain');
  assert.equal(taken(throttle, 'small.example', 0), 20);
  assert.equal(taken(throttle, 'third.example', 0), 10);
});

test('a rate below one a second adds up over time', () => {
  const throttle = createThrottle({ perMinute: 1, domainPerMinute: 0 });
  assert.equal(taken(throttle, 'a.example', 0), 1);
  assert.equal(taken(throttle, 'a.example', 59), 0);
  assert.equal(taken(throttle, 'a.example', 60), 1);
});

test('a clock that goes back lets nothing more out', () => {
  const throttle = createThrottle({ perMinute: 60, domainPerMinute: 0 });
  assert.equal(taken(throttle, 'a.example', 100), 60);
  assert.equal(taken(throttle, 'a.example', 0), 0);
});

test('no rate is no limit, until it is held', () => {
  const throttle = createThrottle({ perMinute: 0, domainPerMinute: 0 });
  assert.equal(taken(throttle, 'a.example', 0), 1000);
  throttle.hold(at(100), at(900));
  assert.equal(throttle.isHeld(at(899)), true);
  assert.equal(throttle.isHeld(at(900)), false);
  assert.equal(throttle.isHeld(at(99)), false, 'the clock was put back');
});

test('of very many domains only those that rest are forgotten', () => {
  const throttle = createThrottle({ perMinute: 0, domainPerMinute: 20 });
  for (let number = 0; number < 1500; number += 1) throttle.take(`${number}.example`, at(0));
  assert.equal(taken(throttle, 'busy.example', 90), 20);
  assert.equal(taken(throttle, '7.example', 90), 20);
  assert.equal(throttle.take('busy.example', at(91)), 'domain', 'what was used up just now stays used up');
});
