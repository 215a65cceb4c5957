import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Account, AccountWritten } from '../../../api/contract/accounts.ts';
import { act } from '../api/client.ts';
import { ActDialog } from '../parts/act-dialog.tsx';
import { common } from '../words/common.ts';
import { useWords } from '../words/language.tsx';
import { accountsWords } from './accounts-words.ts';

const roles = ['viewer', 'operator', 'administrator', 'vendor'] as const satisfies readonly Account['role'][];
const listed = (text: string): string[] => text.split(',').map((one) => one.trim()).filter((one) => one !== '');

/** A new account, or another role and scope of one. */
export function AccountForm({ account, close, written }: { readonly account: Account | null; readonly close: () => void; readonly written: (one: AccountWritten) => void }) {
  const words = useWords(accountsWords), shared = useWords(common);
  const [name, setName] = useState('');
  const [role, setRole] = useState<Account['role']>(account?.role ?? 'viewer');
  const [organisation, setOrganisation] = useState(account?.organisation ?? '');
  const [sources, setSources] = useState(account?.sources.join(', ') ?? '');
  const [destinations, setDestinations] = useState(account?.destinations.join(', ') ?? '');
  const save = async (): Promise<void> => {
    const scope = { role, organisation: organisation.trim() === '' ? null : organisation.trim(), sources: listed(sources), destinations: listed(destinations) };
    written(account === null ? await act<AccountWritten>('POST', '/api/accounts', { name, ...scope }) : await act<AccountWritten>('PATCH', `/api/accounts/${encodeURIComponent(account.name)}`, scope));
  };
  return (
    <ActDialog title={account === null ? words.add : words.changeTitle(account.name)} consequence={account === null ? words.addMeans : words.changeMeans} confirm={account === null ? words.add : words.save} withReason={false} act={save} close={close}>
      {account === null && <TextInput data-autofocus label={words.name} description={words.nameHelp} value={name} onChange={(event) => { setName(event.currentTarget.value); }} pattern="[a-z0-9][a-z0-9._@\-]*" maxLength={64} required autoComplete="off" />}
      <NativeSelect label={words.role} value={role} onChange={(event) => { setRole(event.currentTarget.value as Account['role']); }} data={roles.map((one) => ({ value: one, label: shared.role[one] }))} />
      <TextInput label={words.organisation} description={words.scopeHelp} value={organisation} onChange={(event) => { setOrganisation(event.currentTarget.value); }} maxLength={200} />
      <TextInput label={words.sources} value={sources} onChange={(event) => { setSources(event.currentTarget.value); }} />
      <TextInput label={words.destinations} value={destinations} onChange={(event) => { setDestinations(event.currentTarget.value); }} />
    </ActDialog>
  );
}
