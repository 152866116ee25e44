import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import en from '../texts/en.json';
import { codes, Fault, parseFault, severities, toFault } from './fault';

it('knows the codes of app/fault, each with words', () => {
  const go = readFileSync('../app/fault/fault.go', 'utf8');
  const inGo = [...go.matchAll(/^\t\w+ Code = "(\w+)"$/gm)].map(([, code]) => code);
  expect([...codes]).toEqual(inGo);
  expect(Object.keys(en.fault)).toEqual(inGo);
});

it('keeps silent about what the person stopped, and about nothing else', () => {
  expect(codes.filter((code) => severities[code] === 'silent')).toEqual(['canceled']);
});

describe('parseFault', () => {
  it('reads what Go writes', () => {
    const fault = parseFault('{"code":"invalid","field":"email","message":"email is empty"}');
    expect(fault).toMatchObject({ code: 'invalid', field: 'email', message: 'email is empty' });
  });

  it.each([
    ['not json', 'not json'],
    ['{"code":"nonsense","message":"m"}', 'm'],
    ['null', 'null'],
    ['{}', ''],
  ])('takes %j for a mistake of ours', (text, message) => {
    expect(parseFault(text)).toMatchObject({ code: 'internal', message, field: '' });
  });
});

it('makes a Fault of anything thrown', () => {
  const fault = new Fault('offline', 'm');
  expect(toFault(fault)).toBe(fault);
  expect(toFault(new Error('{"code":"timeout"}')).code).toBe('timeout');
  expect(toFault('boom')).toMatchObject({ code: 'internal', message: 'boom' });
});
