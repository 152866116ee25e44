import { X } from 'lucide-react';
import { Button, Tag, TagGroup, TagList } from 'react-aria-components';
import styles from './Chips.module.css';

export interface Chip {
  id: string;
  label: string;
}

export interface ChipsProps {
  label: string;
  chips: Chip[];
  onRemove: (id: string) => void;
  /** Makes each chip something to press. */
  onOpen?: (id: string) => void;
  /** Says what the button on a chip does, given the chip's label. */
  removeLabel: (label: string) => string;
}

/** What is chosen, each with a button that takes it away; Delete works as well. */
export default function Chips({ label, chips, onRemove, onOpen, removeLabel }: ChipsProps) {
  return (
    <TagGroup
      aria-label={label}
      onRemove={(keys) => {
        for (const key of keys) onRemove(String(key));
      }}
    >
      <TagList className={styles.list} items={chips}>
        {(chip) => (
          <Tag
            id={chip.id}
            textValue={chip.label}
            className={styles.chip}
            onAction={onOpen && (() => onOpen(chip.id))}
          >
            {chip.label}
            <Button slot="remove" className={styles.remove} aria-label={removeLabel(chip.label)}>
              <X aria-hidden="true" />
            </Button>
          </Tag>
        )}
      </TagList>
    </TagGroup>
  );
}
