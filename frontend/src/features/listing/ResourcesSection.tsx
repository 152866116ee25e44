import { hostOf, openLink } from '../../bridge/openLink';
import type { Listing, Support } from '../../bridge/types';
import { inRow, languageName } from '../../lib/names';
import { useTranslation } from '../../texts/useTranslation';
import { OutsideLink } from '../../ui/Link';
import { Section } from '../../ui/Section';
import styles from './Aside.module.css';

interface LinkTo {
  label: string;
  url: string;
}

function Links({ links }: { links: LinkTo[] }) {
  return (
    <ul className={styles.links}>
      {links
        .filter((link) => link.url !== '')
        .map((link) => (
          <li key={link.label}>
            <OutsideLink onOpen={() => openLink(link.url)} host={hostOf(link.url)}>
              {link.label}
            </OutsideLink>
          </li>
        ))}
    </ul>
  );
}

/** Where help is found: the publisher's pages and people. */
export function ResourcesSection({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  const { documentation, statusPage, terms, support } = listing.resources;
  const links: LinkTo[] = [
    { label: t('listing.documentation'), url: documentation },
    { label: t('listing.statusPage'), url: statusPage },
    { label: t('listing.terms'), url: terms },
    { label: t('listing.site'), url: listing.publisherSite },
  ];
  if (links.every((link) => link.url === '') && support.length === 0) return null;
  return (
    <Section id="resources" title={t('listing.resources')}>
      <Links links={links} />
      {support.map((way) => (
        <SupportGroup key={way.by} support={way} />
      ))}
    </Section>
  );
}

function SupportGroup({ support }: { support: Support }) {
  const { t, language } = useTranslation();
  const by = support.by === 'us' ? 'us' : 'publisher';
  const names = support.languages.map((code) => languageName(code, language));
  const links: LinkTo[] = [
    { label: t('listing.supportPage'), url: support.page },
    { label: t('listing.supportChat'), url: support.chat },
    { label: t('listing.supportEmail'), url: support.email && `mailto:${support.email}` },
  ];
  return (
    <div className={styles.group}>
      <h3>
        {t('listing.support')} <span className={styles.quiet}>{t(`listing.supportBy.${by}`)}</span>
      </h3>
      <Links links={links} />
      {support.phone && (
        <p data-content>
          {t('listing.supportPhone')}: {support.phone}
        </p>
      )}
      {names.length > 0 && (
        <p className={styles.quiet}>
          {t('listing.supportLanguages', { languages: inRow(names, language) })}
        </p>
      )}
    </div>
  );
}
