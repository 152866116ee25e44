import { useTranslation } from '../../texts/useTranslation';
import { Banner } from '../../ui/Banner';
import type { problems } from './mail';

export interface ProblemProps {
  problem: (typeof problems)[number];
  /** The server's own words; may be empty. */
  said: string;
}

/** Why an e-mail does not go out, what to do, and the server's own words. */
export function Problem({ problem, said }: ProblemProps) {
  const { t } = useTranslation();
  return (
    <Banner tone={problem === 'offline' ? 'offline' : 'warning'}>
      {t(`mail.problem.${problem}`)}
      {said && (
        <>
          {' '}
          {t('mail.said')} <code data-content>{said}</code>
        </>
      )}
    </Banner>
  );
}
