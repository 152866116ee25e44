import { CircleAlert, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { Alert } from '../../bridge/types';
import { StateBadge } from '../../ui/Badge';
import { severityOf } from './order';

const icons = { critical: OctagonAlert, error: CircleAlert, warning: TriangleAlert };

/** What kind of trouble an alert is, in the colour and with the icon of its severity. */
export function Severity({ alert }: { alert: Alert }) {
  const severity = severityOf(alert);
  const Icon = icons[severity];
  return (
    <StateBadge tone={severity === 'warning' ? 'warning' : 'critical'} icon={<Icon size={14} />}>
      {alert.title}
    </StateBadge>
  );
}
