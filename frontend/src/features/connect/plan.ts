/**
 * A plan says what has to be entered or known before a sign-in can begin. When
 * that is nothing, the sign-in begins at once.
 */
import { catalogue, connections } from '../../bridge/api';
import { toFault } from '../../bridge/fault';
import type {
  ClientPlace,
  ClientSetup,
  ConnectionDetail,
  Icon,
  Listing,
  Permission,
  Variable,
} from '../../bridge/types';
import { compare, named } from './entry';

/** What somebody asked for. */
export type Job =
  | { kind: 'connect'; slug: string }
  | { kind: 'reconnect'; connectionID: string }
  | { kind: 'add_permissions'; connectionID: string }
  | { kind: 'set_up_client'; connectionID: string };

export type Step = 'blocked' | 'place' | 'client' | 'form';

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
  /** Parts of addresses that were asked for before the form, by their names; a client belongs to them. */
  entered: Record<string, string>;
  /** What to show first; `null` starts the sign-in. */
  step: Step | null;
}

/** Finds out what a job needs. Rejects with a Fault. */
export async function makePlan(job: Job): Promise<Plan> {
  if ('connectionID' in job) return planReconnect(job);
  const listing = await catalogue.Listing(job.slug);
  const plan = {
    ...headOf(listing),
    listing,
    connection: null,
    added: [],
    dropped: [],
    entered: {},
  };
  const setup = await setupOf(plan, false);
  const optional = listing.permissions.filter((p) => p.optional);
  return { ...plan, setup, optional, step: firstStep({ ...plan, setup }) };
}

/** The plan once it is known where the provider is: which client there is, what is left to ask. */
export async function planAt(plan: Plan, entered: Plan['entered']): Promise<Plan> {
  const setup = await connections.ClientSetup(placeOf({ ...plan, entered }));
  return { ...plan, entered, setup };
}

/** The place that a plan's client belongs to. */
export function placeOf({
  slug,
  connection,
  entered,
}: Pick<Plan, 'slug' | 'connection' | 'entered'>): ClientPlace {
  return { slug, connectionID: connection?.connection.id ?? '', variables: named(entered) };
}

/** The parts of the provider's address that a client belongs to. */
export function placeVariables({ listing, setup }: Pick<Plan, 'listing' | 'setup'>): Variable[] {
  return listing?.connecting.variables.filter((v) => setup?.asks.includes(v.name)) ?? [];
}

async function planReconnect(job: Extract<Job, { connectionID: string }>): Promise<Plan> {
  const connection = await connections.Connection(job.connectionID);
  const { slug, app, icon } = connection.connection;
  const listing = await listingOf(slug);
  const head = { slug, app, icon, listing, connection, entered: {} };
  const setup = await setupOf(head, job.kind === 'set_up_client');
  const asked = connection.permissions.filter((p) => p.asked).map((p) => p.permission);
  const plan = {
    ...head,
    setup,
    ...(listing ? compare(listing.permissions, asked) : { added: [], dropped: [], optional: [] }),
  };
  return {
    ...plan,
    step: job.kind === 'set_up_client' ? clientStep(setup) : reconnectStep(job, plan),
  };
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

async function setupOf(
  plan: Pick<Plan, 'slug' | 'listing' | 'connection' | 'entered'>,
  always: boolean,
): Promise<ClientSetup | null> {
  const own = plan.listing?.connecting.client === 'own';
  return own || (always && plan.listing) ? connections.ClientSetup(placeOf(plan)) : null;
}

function clientStep(setup: ClientSetup | null): Step {
  return setup === null || setup.forbidden ? 'blocked' : 'client';
}

/** What stands before the first sign-in to an app. */
export function firstStep({
  listing,
  setup,
  entered,
}: Pick<Plan, 'listing' | 'setup' | 'entered'>): Step | null {
  if (!listing) return 'blocked';
  const { client, forbidden } = listing.connecting;
  if (client === 'forbidden' || forbidden || setup?.forbidden) return 'blocked';
  if (setup?.asks.some((name) => !(name in entered))) return 'place';
  if (setup && !setup.clientID) return 'client';
  return formStep(listing, entered);
}

/** What stands before the sign-in once the client is there. */
function formStep(listing: Listing, entered: Plan['entered']): Step | null {
  // Practice apps are for trying: one press leads to the sign-in.
  if (listing.card.sandbox) return null;
  const { variables, kind, notes } = listing.connecting;
  const optional = listing.permissions.some((p) => p.optional);
  const open = variables.some((v) => !(v.name in entered));
  const needed = open || optional || kind === 'api_key' || notes.length > 0;
  return needed ? 'form' : null;
}

/** What stands before the sign-in of a job once the client is there. */
export function stepAfterClient(job: Job, plan: Omit<Plan, 'step'>): Step | null {
  if ('connectionID' in job) return reconnectStep(job, plan);
  return plan.listing && formStep(plan.listing, plan.entered);
}

function reconnectStep(job: Job, plan: Omit<Plan, 'step'>): Step | null {
  const { listing, setup, added, dropped } = plan;
  if (setup && !setup.clientID) return setup.forbidden ? 'blocked' : 'client';
  const key = listing?.connecting.kind === 'api_key';
  const choose = job.kind === 'add_permissions';
  return key || choose || added.length + dropped.length > 0 ? 'form' : null;
}
