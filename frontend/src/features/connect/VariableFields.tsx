import { useTranslation } from 'react-i18next';
import type { Fault } from '../../bridge/fault';
import type { Variable } from '../../bridge/types';
import { TextField } from '../../ui/TextField';
import { check } from './entry';

interface VariableFieldProps {
  variable: Variable;
  value: string;
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
  return variables.map((variable) => (
    <VariableField
      key={variable.name}
      variable={variable}
      value={values[variable.name] ?? ''}
      refused={fault?.field === variable.name}
      onChange={(value) => onChange({ ...values, [variable.name]: value })}
    />
  ));
}

/** One part, with an example and its form. */
function VariableField({ variable, value, refused, onChange }: VariableFieldProps) {
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
