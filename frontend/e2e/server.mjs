// The back end for browser tests. See build/web.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Gives { url, stop } of a running server. One that was there before is left running. */
export async function startServer() {
  const given = process.env.PATCHBAY_WEB;
  if (given) return { url: given.replace(/\/$/, ''), stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-e2e-'));
  const binary = join(folder, 'web');
  await promisify(execFile)('go', ['build', '-o', binary, './build/web'], { cwd: repository });
  const feeds = fileURLToPath(new URL('feeds', import.meta.url));
  const options = ['-addr', '127.0.0.1:0', '-data', join(folder, 'data'), '-feeds', feeds];
  const child = spawn(binary, options, {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
    // PATCHBAY_LANG would win over the account's language, which a test changes.
    env: { ...process.env, PATCHBAY_LANG: '', LC_ALL: 'en_US.UTF-8' },
  });
  const url = await firstLine(child);
  const stop = async () => {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    await rm(folder, { recursive: true, force: true });
  };
  return { url, stop };
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(line.trim()));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    child.once('error', reject);
  });
}
