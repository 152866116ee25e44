import { ArrowLeft, ArrowLeftRight, ArrowRight } from 'lucide-react';
import type { Listing, SharedData } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Section } from '../../ui/Section';
import styles from './SharedDataSection.module.css';

const arrows = { to_app: ArrowRight, from_app: ArrowLeft, both: ArrowLeftRight };

function directionOf(row: SharedData): keyof typeof arrows {
  return row.direction in arrows ? (row.direction as keyof typeof arrows) : 'both';
}

/** Which records travel, and which way. Each arrow has words for those who do not see it. */
export function SharedDataSection({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  const { card, sharedData } = listing;
  if (sharedData.length === 0) return null;
  return (
    <Section
      id="sharedData"
      title={t('listing.sharedData')}
      lead={t('listing.sharedLead', { name: card.name })}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('listing.yourAccount')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('listing.directionHead')}</span>
            </th>
            <th scope="col">
              <span className={styles.app}>
                <AppIcon icon={card.icon} name={card.name} size={20} />
                {card.name}
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sharedData.map((row) => (
            <Row key={`${row.accountObject} ${row.appObject}`} row={row} name={card.name} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Row({ row, name }: { row: SharedData; name: string }) {
  const { t } = useTranslation();
  const direction = directionOf(row);
  const Arrow = arrows[direction];
  const words = t(`listing.direction.${direction}`, { name });
  return (
    <tr>
      <td>{row.accountObject}</td>
      <td className={styles.arrow}>
        <Arrow role="img" aria-label={words} />
      </td>
      <td>
        {row.appObject}
        {row.note && <p className={styles.note}>{row.note}</p>}
      </td>
    </tr>
  );
}
