import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Bookmark } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { settings } from '../../bridge/api';
import { searchesQuery } from '../../bridge/query';
import { useFaultText } from '../../bridge/useFaultText';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { placeNow } from '../../ui/place';
import { TextField } from '../../ui/TextField';
import { showToast } from '../../ui/toast';
import { choicesIn, savedQuery } from './search';
import { useNames } from './useNames';

/** Keeps the search in the address under a name, to be found on Discover's front page. */
export function SaveSearch() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look="quiet"
        size="small"
        icon={<Bookmark size={14} aria-hidden="true" />}
        onPress={() => setOpen(true)}
      >
        {t('discover.saveSearch')}
      </Button>
      {open && <NameDialog params={placeNow().params} onClose={() => setOpen(false)} />}
    </>
  );
}

function NameDialog({ params, onClose }: { params: URLSearchParams; onClose: () => void }) {
  const { t } = useTranslation();
  const names = useNames();
  const client = useQueryClient();
  const textOf = useFaultText();
  const words = [params.get('q')?.trim(), ...choicesIn(params).map(names.value)];
  const [name, setName] = useState(words.filter(Boolean).join(', ').slice(0, 60));
  const keep = useMutation({
    mutationFn: () => settings.KeepSearch({ name, query: savedQuery(params) }),
    onSuccess: (all) => {
      client.setQueryData(searchesQuery.queryKey, all);
      showToast({ title: t('discover.searchSaved', { name: name.trim() }) });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep.mutate();
  };
  return (
    <Dialog
      isOpen
      dismissable
      onClose={onClose}
      title={t('discover.saveSearch')}
      width="narrow"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form="save-search" isPending={keep.isPending}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <form id="save-search" onSubmit={submit}>
        <TextField
          label={t('discover.searchName')}
          value={name}
          onChange={setName}
          error={keep.error ? textOf(keep.error).body : undefined}
          autoFocus
        />
      </form>
    </Dialog>
  );
}
