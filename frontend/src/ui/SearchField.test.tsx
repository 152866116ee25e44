import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { SearchField } from './SearchField';

function show(first = '') {
  const told = { onChange: vi.fn(), onSubmit: vi.fn(), onKeyDown: vi.fn() };
  function Page() {
    const [value, setValue] = useState(first);
    const change = (text: string) => {
      told.onChange(text);
      setValue(text);
    };
    const names = { label: 'Search apps', clearLabel: 'Clear' };
    return <SearchField {...names} {...told} value={value} onChange={change} />;
  }
  render(<Page />);
  return { ...told, field: screen.getByRole<HTMLInputElement>('searchbox') };
}

it('is cleared by Esc, which leads out of it only when it is empty', () => {
  const { field } = show('chat');
  const outside = vi.fn();
  document.addEventListener('keydown', outside, { once: true });
  fireEvent.keyDown(field, { key: 'Escape' });
  expect(field.value).toBe('');
  expect(outside).not.toHaveBeenCalled();
  fireEvent.keyDown(field, { key: 'Escape' });
  expect(outside).toHaveBeenCalledTimes(1);
});

it('is cleared by its button, and keeps the focus', () => {
  const { field } = show('chat');
  const button = screen.getByRole('button', { name: 'Clear' });
  expect(fireEvent.mouseDown(button)).toBe(false);
  fireEvent.click(button);
  expect(field.value).toBe('');
  expect(document.activeElement).toBe(field);
});

it('tells of Enter, and of keys that it has no use for', () => {
  const { field, onSubmit, onKeyDown } = show('chat');
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(onSubmit).toHaveBeenCalledTimes(1);
  fireEvent.keyDown(field, { key: 'ArrowDown' });
  expect(onKeyDown).toHaveBeenCalledTimes(1);
});

it('leaves Enter and Esc to an input method that composes', () => {
  const { field, onSubmit, onChange } = show('かい');
  fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
  fireEvent.keyDown(field, { key: 'Escape', isComposing: true });
  expect(onSubmit).not.toHaveBeenCalled();
  expect(onChange).not.toHaveBeenCalled();
});
