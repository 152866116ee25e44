import type { TFunction } from 'i18next';
import { type KeyboardEvent, useState } from 'react';
import type { Fault } from '../../bridge/fault';
import type { Variable } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { TextField } from '../../ui/TextField';
import { check } from './entry';

interface VariableFieldProps {
  variable: Variable;
  value: string;
  first: boolean;
  refused: boolean;
  onChange: (value: string) => void;
}

interface VariableFieldsProps {
  variables: Variable[];
  values: Record<string, string>;
  fault: Fault | null;
  onChange: (values: Record<string, string>) => void;
}

/** The parts of an address that differ per customer, a field each. */
export function VariableFields({ variables, values, fault, onChange }: VariableFieldsProps) {
  return variables.map((variable, i) => (
    <VariableField
      key={variable.name}
      first={i === 0}
      variable={variable}
      value={values[variable.name] ?? ''}
      refused={fault?.field === variable.name}
      onChange={(value) => onChange({ ...values, [variable.name]: value })}
    />
  ));
}

/** One part, with an example. What is wrong with it is said once it is left or sent, not while it is typed. */
function VariableField({ variable, value, first, refused, onChange }: VariableFieldProps) {
  const { t } = useTranslation();
  const [judged, setJudged] = useState(value !== '');
  const wrong = refused || (judged && check(variable, value) === 'wrong');
  const judge = () => setJudged(true);
  return (
    <TextField
      label={variable.label}
      value={value}
      onChange={onChange}
      onBlur={judge}
      onKeyDown={({ key }: KeyboardEvent) => key === 'Enter' && judge()}
      help={hint(t, variable)}
      error={wrong ? `${t('connect.wrongForm')} ${hint(t, variable)}` : undefined}
      autoComplete="off"
      autoFocus={first}
      spellCheck="false"
    />
  );
}

/** What belongs into a field: the listing's own words, and an example that they do not have yet. */
function hint(t: TFunction, { help, example }: Variable): string {
  if (help.includes(example)) return help;
  return [help, t('connect.forExample', { example })].filter(Boolean).join(' ');
}
