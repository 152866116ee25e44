import { useTranslation } from '../texts/useTranslation';
import { type FaultSeverity, severities, toFault } from './fault';

/** A fault in the account's language. */
export interface FaultText {
  title: string;
  body: string;
  severity: FaultSeverity;
  /** Technical, for details only; may be empty. */
  details: string;
}

/** Gives the words for whatever was thrown. They are the only words that errors have. */
export function useFaultText(): (error: unknown) => FaultText {
  const { t } = useTranslation();
  return (error) => {
    const { code, message } = toFault(error);
    return {
      title: t(`fault.${code}.title`),
      body: t(`fault.${code}.body`),
      severity: severities[code],
      details: message,
    };
  };
}
