import { fireEvent, render, screen } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Connection, UninstallPreview } from '../../bridge/types';
import { speak } from '../../texts/texts';
import { UninstallForm } from './UninstallForm';

const preview: UninstallPreview = {
  connectionID: 'c1',
  app: 'Chat',
  account: 'Acme',
  phrase: 'uninstall',
  canRevoke: true,
  revokePage: '',
  dependents: [{ kind: 'workflow', id: 'w', name: 'Order notices' }],
  others: [],
  steps: [{ id: '0', text: 'Remove the package.', link: '', done: false }],
  canPause: true,
};

function show(more: Partial<UninstallPreview> = {}) {
  const did = {
    onMove: vi.fn(),
    onPause: vi.fn(),
    onReconnect: vi.fn(),
    onUninstall: vi.fn(),
    onClose: vi.fn(),
  };
  render(
    <UninstallForm
      preview={{ ...preview, ...more }}
      busy={false}
      fault={null}
      moving={false}
      pausing={false}
      {...did}
    />,
  );
  return did;
}
const button = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Uninstall' });
const type = (text: string) =>
  fireEvent.change(screen.getByRole('textbox', { name: 'Word to confirm' }), {
    target: { value: text },
  });

beforeAll(async () => {
  await speak('en');
});

it('uninstalls only once the word is typed, whatever its case', () => {
  const { onUninstall } = show();
  expect(button().disabled).toBe(true);
  type('uninstal');
  expect(button().disabled).toBe(true);
  type(' UNINSTALL ');
  expect(button().disabled).toBe(false);
  fireEvent.submit(document.getElementById('uninstall') as HTMLFormElement);
  expect(onUninstall).toHaveBeenCalledExactlyOnceWith('UNINSTALL');
});

it('does nothing when the wrong word is sent with Enter', () => {
  const { onUninstall } = show();
  type('delete');
  fireEvent.submit(document.getElementById('uninstall') as HTMLFormElement);
  expect(onUninstall).not.toHaveBeenCalled();
});

it('says what breaks and what is left to do', () => {
  show();
  expect(screen.getByText('“Order notices” stops working.')).toBeTruthy();
  expect(screen.getByText('Remove the package.')).toBeTruthy();
  expect(screen.getByText('Patchbay asks Chat to withdraw the access.')).toBeTruthy();
});

it('offers to pause only where that is possible, and to reconnect', () => {
  show({ canPause: false });
  expect(screen.queryByRole('button', { name: 'Pause instead' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Reconnect' })).toBeTruthy();
});

it('offers to move what breaks to another account, if there is one', () => {
  show();
  expect(screen.queryByRole('button', { name: 'Move' })).toBeNull();
  const other = { id: 'c2', name: '', account: 'Acme South' } as Connection;
  const { onMove } = show({ others: [other] });
  fireEvent.click(screen.getByRole('button', { name: 'Move' }));
  expect(onMove).toHaveBeenCalledExactlyOnceWith('c2');
});
