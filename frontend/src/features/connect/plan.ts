/**
 * A plan says what has to be entered or known before a sign-in can begin. When
 * that is nothing, the sign-in begins at once.
 */
import { catalogue, connections } from '../../bridge/api';
import { toFault } from '../../bridge/fault';
import type { ClientSetup, ConnectionDetail, Icon, Listing, Permission } from '../../bridge/types';
import { compare } from './entry';

/** What somebody asked for. */
export type Job =
  | { kind: 'connect'; slug: string }
  | { kind: 'reconnect'; connectionID: string }
  | { kind: 'add_permissions'; connectionID: string }
  | { kind: 'set_up_client'; slug: string };

export type Step = 'blocked' | 'client' | 'form';

export interface Plan {
  slug: string;
  app: string;
  icon: Icon;
  /** Null when the listing was withdrawn; then what is stored is used again. */
  listing: Listing | null;
  /** Null unless the admin's own client is needed. */
  setup: ClientSetup | null;
  /** The connection that is renewed, or null. */
  connection: ConnectionDetail | null;
  /** Required permissions that a reconnect asks for the first time. */
  added: Permission[];
  /** Permissions that were asked for before and no longer are. */
  dropped: Permission[];
  /** Optional permissions that can be asked for: all of a new connection, what another one has not. */
  optional: Permission[];
  /** Parts of addresses that were asked for before the form, by their names. */
  entered: Record<string, string>;
  /** What to show first; `null` starts the sign-in. */
  step: Step | null;
}

/** Finds out what a job needs. Rejects with a Fault. */
export async function makePlan(job: Job): Promise<Plan> {
  if ('connectionID' in job) return planReconnect(job);
  const listing = await catalogue.Listing(job.slug);
  const setup = await setupOf(listing, job.kind === 'set_up_client');
  const optional = listing.permissions.filter((p) => p.optional);
  const head = { ...headOf(listing), listing, setup, connection: null };
  const plan = { ...head, added: [], dropped: [], optional, entered: {} };
  return { ...plan, step: job.kind === 'set_up_client' ? clientStep(setup) : firstStep(plan) };
}

async function planReconnect(job: Extract<Job, { connectionID: string }>): Promise<Plan> {
  const connection = await connections.Connection(job.connectionID);
  const { slug, app, icon } = connection.connection;
  const listing = await listingOf(slug);
  const setup = listing && (await setupOf(listing, false));
  const asked = connection.permissions.filter((p) => p.asked).map((p) => p.permission);
  const plan = {
    slug,
    app,
    icon,
    listing,
    setup,
    connection,
    ...(listing ? compare(listing.permissions, asked) : { added: [], dropped: [], optional: [] }),
    entered: {},
  };
  return { ...plan, step: reconnectStep(job, plan) };
}

/** A connection outlives its listing. */
async function listingOf(slug: string): Promise<Listing | null> {
  try {
    return await catalogue.Listing(slug);
  } catch (error) {
    if (toFault(error).code === 'not_found') return null;
    throw error;
  }
}

function headOf(listing: Listing): Pick<Plan, 'slug' | 'app' | 'icon'> {
  return { slug: listing.card.slug, app: listing.card.name, icon: listing.card.icon };
}

async function setupOf(listing: Listing, always: boolean): Promise<ClientSetup | null> {
  const own = listing.connecting.client === 'own';
  return own || always ? connections.ClientSetup(listing.card.slug) : null;
}

function clientStep(setup: ClientSetup | null): Step {
  return setup === null || setup.forbidden ? 'blocked' : 'client';
}

/** What stands before the first sign-in to an app. */
export function firstStep({ listing, setup }: Pick<Plan, 'listing' | 'setup'>): Step | null {
  if (!listing) return 'blocked';
  const { client, forbidden } = listing.connecting;
  if (client === 'forbidden' || forbidden || setup?.forbidden) return 'blocked';
  if (setup && !setup.clientID) return 'client';
  return formStep(listing);
}

/** What stands before the sign-in once the client is there. */
export function formStep(listing: Listing): Step | null {
  // Practice apps are for trying: one press leads to the sign-in.
  if (listing.card.sandbox) return null;
  const { variables, kind, notes } = listing.connecting;
  const optional = listing.permissions.some((p) => p.optional);
  const needed = variables.length > 0 || optional || kind === 'api_key' || notes.length > 0;
  return needed ? 'form' : null;
}

/** What stands before the sign-in of a job once the client is there. */
export function stepAfterClient(job: Job, plan: Omit<Plan, 'step'>): Step | null {
  if ('connectionID' in job) return reconnectStep(job, plan);
  return plan.listing && formStep(plan.listing);
}

function reconnectStep(job: Job, plan: Omit<Plan, 'step'>): Step | null {
  const { listing, setup, added, dropped } = plan;
  if (setup && !setup.clientID) return setup.forbidden ? 'blocked' : 'client';
  const key = listing?.connecting.kind === 'api_key';
  const choose = job.kind === 'add_permissions';
  return key || choose || added.length + dropped.length > 0 ? 'form' : null;
}
