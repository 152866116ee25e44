import { useMutation, useQueryClient } from '@tanstack/react-query';
import { mail } from '../../bridge/api';
import { invalidate } from '../../bridge/query';
import { report } from '../../bridge/report';
import type { MailEntry, MailReader } from '../../bridge/types';

/** What can be done about e-mail; whatever comes of it, everything about it is asked for again. */
export function useMailCalls() {
  const client = useQueryClient();
  const onSettled = () => invalidate(client, ['mail']);
  const loud = { onSettled, onError: report };
  return {
    // Forms show what goes wrong with these in place.
    save: useMutation({ mutationFn: (entry: MailEntry) => mail.Save(entry), onSettled }),
    test: useMutation({ mutationFn: (to: string) => mail.SendTest(to), onSettled }),
    keep: useMutation({ mutationFn: (reader: MailReader) => mail.KeepReader(reader), onSettled }),
    remove: useMutation({ mutationFn: () => mail.Forget(), ...loud }),
    forget: useMutation({ mutationFn: (id: string) => mail.ForgetReader(id), ...loud }),
    again: useMutation({ mutationFn: (id: string) => mail.SendAgain(id), ...loud }),
    discard: useMutation({ mutationFn: (id: string) => mail.Discard(id), ...loud }),
  };
}
