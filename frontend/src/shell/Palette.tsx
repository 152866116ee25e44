import { useLayoutEffect, useRef, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import { useTranslation } from '../texts/useTranslation';
import { AppIcon } from '../ui/AppIcon';
import styles from './Palette.module.css';
import { type Entry, usePaletteEntries } from './usePaletteEntries';

export interface PaletteProps {
  /** What was typed before this had loaded. */
  typed: string;
  onClose: () => void;
}

/** Ctrl/Cmd-K: apps, connected apps, settings and commands behind one field. */
export default function Palette({ typed, onClose }: PaletteProps) {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className={styles.veil}
    >
      <Modal className={styles.modal}>
        <Dialog className={styles.dialog} aria-label={t('shell.palette.title')}>
          <Entries typed={typed} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Entries({ typed, onClose }: PaletteProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(typed);
  // Not by autoFocus, which comes a moment later: keys must not fall in between.
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const groups = usePaletteEntries(text);
  const run = (entry: Entry) => {
    onClose();
    entry.run();
  };
  return (
    <Autocomplete inputValue={text} onInputChange={setText} disableVirtualFocus={false}>
      <SearchField aria-label={t('shell.palette.title')} className={styles.field}>
        <Input
          ref={field}
          placeholder={t('shell.palette.placeholder')}
          className={styles.input}
          spellCheck={false}
        />
      </SearchField>
      <Menu
        className={styles.menu}
        aria-label={t('shell.palette.title')}
        renderEmptyState={() => <p className={styles.empty}>{t('shell.palette.empty')}</p>}
      >
        {groups.map((group) => (
          <MenuSection key={group.id} id={group.id} className={styles.section}>
            <Header className={styles.header}>{t(`shell.palette.${group.id}`)}</Header>
            {group.entries.map((entry) => (
              <MenuItem
                key={entry.id}
                id={entry.id}
                textValue={entry.label}
                className={styles.item}
                onAction={() => run(entry)}
              >
                {entry.icon ? <AppIcon icon={entry.icon} name={entry.label} size={20} /> : null}
                <span className={styles.label}>{entry.label}</span>
                {entry.note && <span className={styles.note}>{entry.note}</span>}
              </MenuItem>
            ))}
          </MenuSection>
        ))}
      </Menu>
      <p className={styles.keys}>{t('shell.palette.keys')}</p>
    </Autocomplete>
  );
}
