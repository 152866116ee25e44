import { queryOptions } from '@tanstack/react-query';
import { connections } from '../../bridge/api';
import type { ActivityFilter } from '../../bridge/types';

/** One connection with its permissions and what happened to it. */
export const connectionQuery = (id: string) =>
  queryOptions({ queryKey: ['connection', id], queryFn: () => connections.Connection(id) });

/** What happened, latest first. */
export const activityQuery = (filter: ActivityFilter) =>
  queryOptions({ queryKey: ['activity', filter], queryFn: () => connections.Activity(filter) });

/** Uninstalls, latest first. */
export const receiptsQuery = queryOptions({
  queryKey: ['receipt', 'list'],
  queryFn: () => connections.Receipts(),
});

/** What an uninstall would do. It is asked for anew each time. */
export const previewQuery = (id: string) =>
  queryOptions({
    queryKey: ['preview', id],
    queryFn: () => connections.UninstallPreview(id),
    staleTime: 0,
    gcTime: 0,
  });

/** What is known to end, soonest first. */
export const expiriesQuery = queryOptions({
  queryKey: ['connection', 'expiries'],
  queryFn: () => connections.Expiries(),
});
