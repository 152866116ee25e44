import { useQuery } from '@tanstack/react-query';
import { progressQuery } from '../../bridge/query';
import { useTranslation } from '../../texts/useTranslation';
import { Progress } from '../../ui/Progress';
import { stageOf } from './progress';
import { useLate } from './useLate';

export interface SyncProgressProps {
  /** Whether this is the place for what is known of the sync of a feed. */
  of: (feed: string) => boolean;
  /** Says what is under way before anything has come. */
  label: string;
  /** Something is under way here, even before its sync begins. */
  isPending?: boolean;
}

/** How far the sync of a feed has come, once it takes longer than half a second. */
export function SyncProgress({ of, label, isPending = false }: SyncProgressProps) {
  const { t, language } = useTranslation();
  const progress = useQuery(progressQuery).data;
  const here = progress?.feed && of(progress.feed) ? progress : undefined;
  const late = useLate(isPending || here !== undefined);
  if (!late) return null;
  const stage = here && stageOf(here, language);
  if (!stage) return <Progress label={label} />;
  const words = t(stage.key, stage.values);
  return <Progress label={words} done={'done' in stage ? stage.done : undefined} />;
}
