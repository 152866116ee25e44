import { Button as AriaButton } from 'react-aria-components';
import styles from './PictureButton.module.css';

export interface PictureButtonProps {
  src: string;
  /** What a press does with what is seen: it stands for the picture's alt text. */
  label: string;
  onPress: () => void;
}

/** A small picture that opens something when pressed. */
export function PictureButton({ src, label, onPress }: PictureButtonProps) {
  return (
    <AriaButton aria-label={label} onPress={onPress} className={styles.button}>
      <img src={src} alt="" loading="lazy" className={styles.picture} />
    </AriaButton>
  );
}
