// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, defaultDeadline, facade } from './call';

interface Greeter {
  Greet: (name: string) => Promise<string>;
  Dawdle: () => Promise<void>;
}

function bind(methods: Record<string, (...args: unknown[]) => Promise<unknown>>): void {
  window.go = { bridge: { Greeter: methods } };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  delete window.go;
});

describe('in the window', () => {
  it('calls the bound method with its arguments', async () => {
    bind({ Greet: async (name) => `hello ${name}` });
    expect(await facade<Greeter>('Greeter').Greet('Ada')).toBe('hello Ada');
  });

  it('turns the text of an error into a fault', async () => {
    bind({ Greet: () => Promise.reject(new Error('{"code":"offline","message":"no network"}')) });
    await expect(call('Greeter', 'Greet', [])).rejects.toMatchObject({ code: 'offline' });
  });

  it('gives up after the deadline of the method', async () => {
    bind({ Greet: () => new Promise(() => {}), Dawdle: () => new Promise(() => {}) });
    const greeter = facade<Greeter>('Greeter', { Dawdle: 60_000 });
    const ended: string[] = [];
    greeter.Greet('Ada').catch((fault) => ended.push(`Greet ${fault.code}`));
    greeter.Dawdle().catch((fault) => ended.push(`Dawdle ${fault.code}`));
    await vi.advanceTimersByTimeAsync(defaultDeadline);
    expect(ended).toEqual(['Greet timeout']);
    await vi.advanceTimersByTimeAsync(45_000);
    expect(ended).toEqual(['Greet timeout', 'Dawdle timeout']);
  });

  it('says which method is not there', async () => {
    bind({});
    const wanted = { code: 'internal', message: 'Greeter.Greet is not bound' };
    await expect(call('Greeter', 'Greet', [])).rejects.toMatchObject(wanted);
  });
});

describe('in a plain browser', () => {
  it('posts the arguments and reads the answer', async () => {
    const fetched = vi.fn(async () => new Response('"hello"'));
    vi.stubGlobal('fetch', fetched);
    expect(await call('Greeter', 'Greet', ['Ada'])).toBe('hello');
    expect(fetched).toHaveBeenCalledWith(
      '/call/Greeter.Greet',
      expect.objectContaining({ method: 'POST', body: '["Ada"]' }),
    );
  });

  it('reads the fault of a refusal, and takes an empty answer for none', async () => {
    vi.stubGlobal('fetch', async () => new Response('{"code":"forbidden"}', { status: 400 }));
    await expect(call('Greeter', 'Greet', [])).rejects.toMatchObject({ code: 'forbidden' });
    vi.stubGlobal('fetch', async () => new Response(''));
    expect(await call('Greeter', 'Dawdle', [])).toBeUndefined();
  });
});
