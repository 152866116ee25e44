import { type CSSProperties, useMemo } from 'react';
import { enoughFor, hue, readable } from '../lib/colour';
import { monogram } from '../lib/monogram';
import styles from './AppIcon.module.css';
import { useBrand } from './brands';
import { useMedia } from './useMedia';

export interface AppIconProps {
  icon: { brand: string; color: string };
  name: string;
  size?: 20 | 24 | 32 | 40 | 64;
}

/** The grounds of --plate, against which a brand's colour must stand out. */
const plates = { light: '#f4f4f6', dark: '#2a2b31' };

/** An app's mark in its brand's colour on a quiet plate, or a monogram of its name. */
export function AppIcon({ icon, name, size = 32 }: AppIconProps) {
  const path = useBrand(icon.brand);
  const dark = useMedia('(prefers-color-scheme: dark)');
  const style = useMemo(() => {
    const enough = path === null ? enoughFor.letter : enoughFor.shape;
    const color = readable(icon.color, dark ? plates.dark : plates.light, enough);
    return { '--hue': hue(name), color: color || undefined } as CSSProperties;
  }, [icon.color, name, dark, path]);
  const look = path === null ? 'monogram' : 'mark';
  return (
    <span
      className={styles.plate}
      data-size={size}
      data-look={look}
      style={style}
      aria-hidden="true"
    >
      {path === null ? (
        monogram(name)
      ) : (
        <svg viewBox="0 0 24 24" role="presentation">
          <path d={path} />
        </svg>
      )}
    </span>
  );
}
