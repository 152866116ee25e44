import { CircleAlert } from 'lucide-react';
import { Button } from './Button';
import { EmptyState } from './EmptyState';

export interface TroubleProps {
  title: string;
  body: string;
  onRetry?: () => void;
  retryLabel: string;
  /** 1 where it is all that the page has. */
  level?: 1 | 2;
}

/** What a page shows when what it wanted to show did not come. */
export function Trouble({ title, body, onRetry, retryLabel, level }: TroubleProps) {
  const action = onRetry && <Button onPress={onRetry}>{retryLabel}</Button>;
  return (
    <div role="alert">
      <EmptyState icon={<CircleAlert size={20} />} title={title} action={action} level={level}>
        {body}
      </EmptyState>
    </div>
  );
}
