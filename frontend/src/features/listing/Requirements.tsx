import type { Listing, Requirement } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Pill } from '../../ui/Pill';
import { Section } from '../../ui/Section';
import styles from './rows.module.css';

/** What must be there first, on both sides. */
export function Requirements({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  const { accountNeeds, appNeeds, card } = listing;
  if (accountNeeds.length + appNeeds.length === 0) return null;
  return (
    <Section id="requirements" title={t('listing.requirements')}>
      <Needs title={t('listing.accountNeeds')} needs={accountNeeds} />
      <Needs title={t('listing.appNeeds', { name: card.name })} needs={appNeeds} />
    </Section>
  );
}

function Needs({ title, needs }: { title: string; needs: Requirement[] }) {
  if (needs.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul className={styles.rows}>
        {needs.map((need) => (
          <li key={`${need.product} ${need.tier}`} className={styles.row}>
            <div className={styles.words}>
              <p className={styles.name}>{need.product}</p>
              {need.note && <p className={styles.quiet}>{need.note}</p>}
            </div>
            {need.tier && <Pill>{need.tier}</Pill>}
          </li>
        ))}
      </ul>
    </div>
  );
}
