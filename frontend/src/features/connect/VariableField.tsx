import { useTranslation } from 'react-i18next';
import type { Variable } from '../../bridge/types';
import { TextField } from '../../ui/TextField';
import { check } from './entry';

interface VariableFieldProps {
  variable: Variable;
  value: string;
  refused: boolean;
  onChange: (value: string) => void;
}

/** A part of an address that differs per customer, with an example and its form. */
export function VariableField({ variable, value, refused, onChange }: VariableFieldProps) {
  const { t } = useTranslation();
  const wrong = refused || check(variable, value) === 'wrong';
  const example = t('connect.forExample', { example: variable.example });
  return (
    <TextField
      label={variable.label}
      value={value}
      onChange={onChange}
      placeholder={variable.example}
      help={[variable.help, example].filter(Boolean).join(' ')}
      error={wrong ? t('connect.wrongForm', { example: variable.example }) : undefined}
      autoComplete="off"
      spellCheck="false"
    />
  );
}
