import { CircleCheck, CircleMinus, TriangleAlert } from 'lucide-react';
import { hostOf, openLink } from '../../bridge/openLink';
import type { TrustRule } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { OutsideLink } from '../../ui/Link';
import { Section } from '../../ui/Section';
import styles from './Trust.module.css';
import { isRule, ownWords, type RuleID, type Verdict, verdictOf } from './trustRules';
import { useDay } from './useDay';

const icons = { good: CircleCheck, neutral: CircleMinus, poor: TriangleAlert };

/** The rules by which the listing was judged; each opens to say what it rests on. */
export function Trust({ rules }: { rules: TrustRule[] }) {
  const { t } = useTranslation();
  return (
    <Section id="trust" title={t('listing.trust')}>
      <ul className={styles.rules}>
        {rules.map((rule) =>
          isRule(rule.rule) ? (
            <li key={rule.rule}>
              <Rule rule={rule} id={rule.rule} verdict={verdictOf(rule)} />
            </li>
          ) : null,
        )}
      </ul>
    </Section>
  );
}

interface RuleProps {
  rule: TrustRule;
  id: RuleID;
  verdict: Verdict;
}

function Rule({ rule, id, verdict }: RuleProps) {
  const { t } = useTranslation();
  const Icon = icons[verdict];
  return (
    <details className={styles.rule} name="trust">
      <summary className={styles.summary}>
        <Icon
          className={styles.icon}
          data-verdict={verdict}
          role="img"
          aria-label={t(`listing.verdict.${verdict}`)}
        />
        <span className={styles.words}>{useFinding(rule, id, verdict)}</span>
      </summary>
      <div className={styles.why}>
        <p>{t(`listing.rule.${id}.why`)}</p>
        {rule.link && (
          <OutsideLink onOpen={() => openLink(rule.link)} host={hostOf(rule.link)}>
            {t('listing.evidence')}
          </OutsideLink>
        )}
      </div>
    </details>
  );
}

/** What the rule found, in one line. */
function useFinding(rule: TrustRule, id: RuleID, verdict: Verdict): string {
  const { t } = useTranslation();
  const day = useDay();
  const own = ownWords(id, rule.evidence);
  if (own && verdict !== 'good') return t(own);
  if (id === 'permissions') {
    return t(`listing.rule.permissions.${verdict}`, { count: Number(rule.evidence) || 0 });
  }
  const evidence = id === 'facts' ? day(rule.evidence) : rule.evidence;
  return t(`listing.rule.${id}.${verdict}`, { evidence });
}
