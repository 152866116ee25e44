/**
 * One way from "Install app" or "Reconnect" to its end: find out what is needed,
 * ask for it, sign in, follow the attempt. It is a plain state machine, so that
 * nothing depends on when React renders; the dialog shows its view.
 */
import { connections } from '../../bridge/api';
import { onEvent } from '../../bridge/events';
import { codes, Fault, toFault } from '../../bridge/fault';
import type { Attempt, ClientEntry, ConnectOptions } from '../../bridge/types';
import type { Outcome } from '../../lib/intent';
import { named } from './entry';
import {
  firstStep,
  type Job,
  makePlan,
  type Plan,
  placeOf,
  planAt,
  type Step,
  stepAfterClient,
} from './plan';

/** What the dialog shows. `busy` is a call under way, `fault` how the last one failed. */
export type View = { busy: boolean; fault: Fault | null } & (
  | { at: 'preparing' }
  | { at: Step; plan: Plan }
  | { at: 'starting'; plan: Plan }
  | { at: 'signing_in'; plan: Plan; attempt: Attempt }
);

/** How the flow ended, with the attempt if there was one. */
export type End = (outcome: Outcome, attempt?: Attempt) => void;

/** Events can get lost; while an attempt is open it is asked for this often, in milliseconds. */
export const pollEvery = 2_000;

const ends = ['done', 'declined', 'closed', 'canceled', 'failed'];

/** Reports whether nothing more will happen in an attempt. */
export function isOver(attempt: Attempt): boolean {
  return ends.includes(attempt.phase);
}

export class Flow {
  private view: View = { at: 'preparing', busy: true, fault: null };
  private readonly listeners = new Set<() => void>();
  /** What the last sign-in was started with. */
  options: ConnectOptions | null = null;
  /** The steps that asked for something, the first one first, each with what was known then. */
  private readonly trail: { at: Step; plan: Plan }[] = [];
  private stopFollowing = () => {};
  private ended = false;

  constructor(
    readonly job: Job,
    private readonly onEnd: End,
  ) {}

  /** For useSyncExternalStore. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): View => this.view;

  /** Finds out what is needed, and signs in when that is nothing. */
  async begin(): Promise<void> {
    this.show({ at: 'preparing', busy: true, fault: null });
    await this.attempt(async () => {
      const plan = await makePlan(this.job);
      await this.enter(plan, plan.step);
    });
  }

  /** Finds out what is needed at the place that the values make. */
  async choosePlace(entered: Plan['entered']): Promise<void> {
    const plan = this.plan();
    if (!plan) return;
    await this.attempt(async () => {
      const next = await planAt(plan, entered);
      await this.goOn(next, firstStep(next));
    });
  }

  /** Saves the admin's client and goes on to what comes next, which knows `entered`. */
  async saveClient(entry: ClientEntry, entered: Plan['entered'] = {}): Promise<void> {
    const plan = this.plan();
    if (!plan) return;
    await this.attempt(async () => {
      const setup = await connections.SaveClient(placeOf(plan), entry);
      if (this.job.kind === 'set_up_client') return this.end('done');
      const next = { ...plan, setup, entered: { ...plan.entered, ...entered } };
      await this.goOn(next, stepAfterClient(this.job, next));
    });
  }

  /** Starts the sign-in. The options are kept for another try. */
  async start(options: ConnectOptions): Promise<void> {
    const plan = this.plan();
    if (!plan) return;
    this.options = options;
    if (this.view.at !== 'form') this.show({ at: 'starting', plan, busy: true, fault: null });
    await this.attempt(async () => {
      const attempt = await this.call(plan, options);
      if (this.ended) await connections.Cancel(attempt.id);
      else this.follow(plan, attempt);
    });
  }

  /** Tries once more with what was entered. */
  async again(): Promise<void> {
    if (this.options) await this.start(this.options);
    else await this.begin();
  }

  /** Whether something was entered before what is shown. */
  get canGoBack(): boolean {
    return this.trail.length > (this.asks() ? 1 : 0);
  }

  /** Goes back to what was entered before, to change it. */
  back(): void {
    if (!this.canGoBack) return;
    if (this.asks()) this.trail.pop();
    const last = this.trail.at(-1);
    if (last) this.show({ ...last, busy: false, fault: null });
  }

  /** Whether another client could help, and one can be entered. */
  canChangeClient({ code }: Attempt): boolean {
    return code === 'client_misconfigured' && Boolean(this.plan()?.setup);
  }

  /** Goes to the client, where it was entered or where it can be. */
  changeClient(): void {
    const plan = this.plan();
    if (!plan) return;
    const entered = this.trail.findIndex(({ at }) => at === 'client');
    if (entered >= 0) this.trail.splice(entered);
    this.enter(plan, 'client');
  }

  /** What was refused is being changed: it is no longer what is shown. */
  forgetFault(): void {
    if (this.view.fault) this.show({ ...this.view, fault: null });
  }

  /** Opens the sign-in page again, in another kind of window. */
  async openAgain(window: string): Promise<void> {
    await this.onAttempt((id) => connections.OpenAgain(id, window));
  }

  /**
   * Answers an attempt that came back with another account (keep, replace or add),
   * or opened several things to connect (the value of one).
   */
  async resolve(choice: string): Promise<void> {
    await this.onAttempt((id) => connections.Resolve(id, choice));
  }

  /** Brings the address at which the browser arrived. */
  async paste(address: string): Promise<void> {
    await this.onAttempt((id) => connections.Paste(id, address));
  }

  /** Ends the flow; a sign-in that is still open is canceled. */
  close(): void {
    const { view } = this;
    if (view.at === 'signing_in' && !isOver(view.attempt)) {
      // Whether Go could cancel it changes nothing here: an attempt ends by itself as well.
      connections.Cancel(view.attempt.id).catch(() => undefined);
    }
    this.end('stopped');
  }

  /** Leaves a step for the next, and keeps what was entered for the way back. */
  private async goOn(plan: Plan, step: Step | null): Promise<void> {
    const left = this.trail.at(-1);
    if (left) left.plan = plan;
    await this.enter(plan, step);
  }

  private async enter(plan: Plan, step: Step | null): Promise<void> {
    if (step) {
      this.trail.push({ at: step, plan });
      return this.show({ at: step, plan, busy: false, fault: null });
    }
    this.show({ at: 'starting', plan, busy: true, fault: null });
    await this.start(this.plainOptions(plan));
  }

  private plainOptions({ connection, entered }: Plan): ConnectOptions {
    // An empty window is the one that the person chose in Settings.
    return { variables: named(entered), optional: heldOptional(connection), window: '', key: '' };
  }

  private call(plan: Plan, options: ConnectOptions): Promise<Attempt> {
    return 'connectionID' in this.job
      ? connections.Reconnect(this.job.connectionID, options)
      : connections.Connect(plan.slug, options);
  }

  private follow(plan: Plan, attempt: Attempt): void {
    this.stopFollowing();
    const ask = () => this.refresh(attempt.id);
    const stopEvents = onEvent('attempt:changed', ({ id }) => {
      // A hint without an id is for all.
      if (id === attempt.id || id === '') ask();
    });
    const timer = setInterval(ask, pollEvery);
    this.stopFollowing = () => {
      stopEvents();
      clearInterval(timer);
    };
    this.attemptIs(plan, attempt);
  }

  private async refresh(id: string): Promise<void> {
    const { view } = this;
    if (view.at !== 'signing_in' || view.attempt.id !== id) return;
    try {
      this.attemptIs(view.plan, await connections.Attempt(id));
    } catch (error) {
      // An attempt that Go has forgotten will not change any more; other trouble passes.
      if (toFault(error).code === 'not_found') this.stopFollowing();
    }
  }

  private attemptIs(plan: Plan, attempt: Attempt): void {
    if (this.ended) return;
    const { view } = this;
    if (view.at === 'signing_in' && view.attempt.id === attempt.id && isOver(view.attempt)) return;
    if (isOver(attempt)) this.stopFollowing();
    if (attempt.phase === 'failed' && this.blame(attempt)) return;
    // An answer to a poll says nothing about a call that is under way.
    const same = view.at === 'signing_in' && view.attempt.phase === attempt.phase;
    const { busy, fault } = same ? view : { busy: false, fault: null };
    this.show({ at: 'signing_in', plan, attempt, busy, fault });
    if (attempt.phase === 'done') this.end('done', attempt);
  }

  /** Shows the form again, with what in it was to blame; false if it was nothing in a form. */
  private blame({ code, message, field }: Attempt): boolean {
    const asked = this.trail.at(-1);
    if (!field || asked?.at !== 'form') return false;
    const fault = new Fault(codes.find((known) => known === code) ?? 'internal', message, field);
    this.show({ ...asked, busy: false, fault });
    return true;
  }

  private async onAttempt(call: (id: string) => Promise<Attempt>): Promise<void> {
    const { view } = this;
    if (view.at !== 'signing_in') return;
    await this.attempt(async () => this.attemptIs(view.plan, await call(view.attempt.id)));
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.show({ ...this.view, busy: true, fault: null });
    try {
      await work();
      if (this.view.at === 'signing_in') this.show({ ...this.view, busy: false });
    } catch (error) {
      this.show({ ...this.view, busy: false, fault: toFault(error) });
    }
  }

  /** Whether what is shown asks for something. */
  private asks(): boolean {
    return this.view.at === this.trail.at(-1)?.at;
  }

  private plan(): Plan | null {
    return 'plan' in this.view ? this.view.plan : null;
  }

  private show(view: View): void {
    if (this.ended) return;
    this.view = view;
    for (const listener of this.listeners) listener();
  }

  private end(outcome: Outcome, attempt?: Attempt): void {
    if (this.ended) return;
    this.ended = true;
    this.stopFollowing();
    this.options = null;
    this.onEnd(outcome, attempt);
  }
}

/** Optional permissions that are held stay held over a reconnect. */
export function heldOptional(connection: Plan['connection']): string[] {
  const held = connection?.permissions.filter((p) => p.permission.optional && p.asked) ?? [];
  return held.map((p) => p.permission.scope);
}
