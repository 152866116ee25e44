/**
 * The only seam between the window and Go. In the window a call goes through
 * Wails (`window.go`); in a plain browser it is posted to the web server of
 * build/web, which runs the same back end.
 */
import { Fault, parseFault, toFault } from './fault';

type Method = (...args: unknown[]) => Promise<unknown>;

declare global {
  interface Window {
    go?: { bridge?: Record<string, Record<string, Method>> };
  }
}

/** How long a call may take, in milliseconds, unless it is given more. */
export const defaultDeadline = 15_000;

/** True when this page runs inside the Patchbay window. */
export function inWindow(): boolean {
  return window.go?.bridge !== undefined;
}

/** Calls a bound method; rejects with a Fault, `timeout` after `deadline` milliseconds. */
export async function call(
  facade: string,
  method: string,
  args: unknown[],
  deadline = defaultDeadline,
): Promise<unknown> {
  const send = inWindow() ? callWindow : callServer;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `${facade}.${method} gave no answer in ${deadline} ms`;
    timer = setTimeout(() => reject(new Fault('timeout', message)), deadline);
  });
  try {
    return await Promise.race([send(facade, method, args), late]);
  } catch (error) {
    throw toFault(error);
  } finally {
    clearTimeout(timer);
  }
}

async function callWindow(facade: string, method: string, args: unknown[]): Promise<unknown> {
  const bound = window.go?.bridge?.[facade]?.[method];
  if (!bound) throw new Fault('internal', `${facade}.${method} is not bound`);
  return bound(...args);
}

async function callServer(facade: string, method: string, args: unknown[]): Promise<unknown> {
  const response = await fetch(`/call/${facade}.${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(args),
  });
  const text = await response.text();
  if (!response.ok) throw parseFault(text);
  return text === '' ? undefined : JSON.parse(text);
}

/**
 * Makes the typed facade called `name` out of its generated declaration.
 * `deadlines` gives more time, in milliseconds, to methods that need it.
 */
export function facade<T extends object>(
  name: string,
  deadlines: Partial<Record<keyof T, number>> = {},
): T {
  return new Proxy({} as T, {
    get: (_, method: string) => {
      const deadline = deadlines[method as keyof T];
      return (...args: unknown[]) => call(name, method, args, deadline);
    },
  });
}
