import { CircleAlert } from 'lucide-react';
import { Button } from './Button';
import { EmptyState } from './EmptyState';

export interface TroubleProps {
  title: string;
  body: string;
  onRetry?: () => void;
  retryLabel: string;
}

/** What a page shows when what it wanted to show did not come. */
export function Trouble({ title, body, onRetry, retryLabel }: TroubleProps) {
  const action = onRetry && <Button onPress={onRetry}>{retryLabel}</Button>;
  return (
    <div role="alert">
      <EmptyState icon={<CircleAlert size={20} />} title={title} action={action}>
        {body}
      </EmptyState>
    </div>
  );
}
