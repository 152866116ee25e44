import { useEffect, useState } from 'react';
import { answer, type Outcome } from '../../lib/intent';
import { UninstallDialog } from './UninstallDialog';

interface Asked {
  connectionID: string;
  end: (outcome: Outcome) => void;
}

/** Answers whoever wants to uninstall a connection. Mounted once. */
export function UninstallHost() {
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(
    () =>
      answer('uninstall', ({ connectionID }) => {
        return new Promise((resolve) => setAsked({ connectionID, end: resolve }));
      }),
    [],
  );
  if (!asked) return null;
  const close = (outcome: Outcome) => {
    setAsked(null);
    asked.end(outcome);
  };
  return <UninstallDialog key={asked.connectionID} id={asked.connectionID} onClose={close} />;
}
