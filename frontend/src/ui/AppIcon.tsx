import { enoughFor, readable } from '../lib/colour';
import { kept } from '../lib/kept';
import { monogram } from '../lib/monogram';
import styles from './AppIcon.module.css';
import { useBrand } from './brands';

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
  const color = readableOn(icon.color, path === null ? enoughFor.letter : enoughFor.shape);
  const look = path === null ? 'monogram' : 'mark';
  return (
    <span
      className={styles.plate}
      data-size={size}
      data-look={look}
      style={{ color }}
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

const known = new Map<string, string | undefined>();

/** The colour for each of the two plates: lists show the same marks again and again. */
function readableOn(color: string, enough: number): string | undefined {
  return kept(known, `${color} ${enough}`, () => {
    const [light, dark] = [plates.light, plates.dark].map((at) => readable(color, at, enough));
    return light && dark ? `light-dark(${light}, ${dark})` : undefined;
  });
}
