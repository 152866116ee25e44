import { lazy } from 'react';

export interface Toast {
  title: string;
  body?: string;
  tone?: 'info' | 'critical';
}

/** How long a toast stays, in milliseconds; the pointer or focus holds it. */
const stay = 6_000;

let appear = () => {};
const first = new Promise<void>((resolve) => {
  appear = resolve;
});
const load = () => import('./ToastRegion');

/** Where toasts appear, once there is one; mounted once, in a Suspense. */
export const Toasts = lazy(() => first.then(load));

/** Says something that needs no answer. Trouble stays until it is closed. */
export async function showToast(toast: Toast): Promise<void> {
  appear();
  const { queue } = await load();
  queue.add(toast, toast.tone === 'critical' ? {} : { timeout: stay });
}
