// The window's own chooser, for hosts without system dialogs.
import {
  ArrowUpOutlined,
  FileOutlined,
  FolderOutlined,
  HomeOutlined,
  InboxOutlined,
  SafetyOutlined,
} from '@ant-design/icons'
import { Button, Input } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import type { Output, Request } from '../../shared/contract/index.ts'
import { useCall } from '../api/use-call.ts'
import { useT } from '../app/i18n.ts'
import { joinPath, parentFolder } from '../lib/paths.ts'
import { useSessionStore } from '../stores/session.ts'
import { ErrorNotice } from './ErrorNotice.tsx'
import { Loading } from './Loading.tsx'
import { PlainDialog } from './PlainDialog.tsx'

export type PathPurpose = Request<'files.choose'>['purpose']
type Entry = Output<'files.browse'>['entries'][number]

interface Props {
  open: boolean
  purpose: PathPurpose
  start: string
  suggestedName: string | undefined
  onClose: () => void
  onChoose: (path: string) => void
}

const icons: Record<Entry['kind'], ReactNode> = {
  folder: <FolderOutlined />,
  file: <FileOutlined />,
  vault: <SafetyOutlined />,
  bag: <InboxOutlined />,
}

export function FileBrowser(props: Props) {
  const t = useT()
  const files = ['import-file', 'attachment', 'checkpoint'].includes(props.purpose)
  return (
    <PlainDialog
      open={props.open}
      onClose={props.onClose}
      width={640}
      title={files ? t('files.titleFile') : t('files.title')}
    >
      <Browser {...props} />
    </PlainDialog>
  )
}

/** What a press on an entry chooses at once; anything else that is a folder is entered. */
function isAnswer(entry: Entry, purpose: PathPurpose): boolean {
  switch (purpose) {
    case 'open-vault':
      return entry.kind === 'vault'
    case 'bag':
      return entry.kind === 'bag'
    case 'import-file':
    case 'attachment':
    case 'checkpoint':
    case 'clock-file':
      return entry.kind === 'file'
    default:
      return false
  }
}

function Browser({ purpose, start, suggestedName, onChoose }: Props) {
  const t = useT()
  const id = useId()
  const platform = useSessionStore((state) => state.info?.platform ?? '')
  const home = useSessionStore((state) => state.info?.homeFolder)
  const [folder, setFolder] = useState<string | undefined>(parentFolder(start) || home)
  const [name, setName] = useState(suggestedName ?? '')
  const listing = useCall('files.browse', folder === undefined ? {} : { folder })
  const isNew = purpose === 'new-vault' || purpose === 'new-file'
  const useFolder = purpose === 'export-folder' || purpose === 'bag' || purpose === 'open-vault' || isNew
  const { data } = listing
  const disabled = (entry: Entry) => entry.kind === 'file' && !isAnswer(entry, purpose)
  return (
    <div className="browser">
      <div className="browser-bar">
        <Button
          icon={<ArrowUpOutlined />}
          aria-label={t('files.up')}
          disabled={data === undefined || data.parent === null}
          onClick={() => setFolder(data?.parent ?? undefined)}
        />
        <Button icon={<HomeOutlined />} aria-label={t('files.home')} onClick={() => setFolder(home)} />
        <span className="browser-path mono" data-testid="browser-path">
          {data?.folder ?? folder}
        </span>
      </div>
      {listing.error !== undefined && <ErrorNotice error={listing.error} onRetry={listing.reload} />}
      {data === undefined && listing.loading && <Loading rows={6} />}
      {data !== undefined && listing.error === undefined && (
        <ul className="browser-list">
          {data.entries.length === 0 && <li className="browser-empty">{t('files.empty')}</li>}
          {data.entries.map((entry) => (
            <li key={entry.path}>
              <button
                type="button"
                className="browser-entry"
                disabled={disabled(entry)}
                data-testid="browser-entry"
                onClick={() => (isAnswer(entry, purpose) ? onChoose(entry.path) : setFolder(entry.path))}
              >
                <span aria-hidden="true">{icons[entry.kind]}</span>
                <span className="browser-name">{entry.name}</span>
                {entry.kind !== 'folder' && <span className="soft">{t(`files.${entry.kind}`)}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
      {useFolder && data !== undefined && (
        <div className="browser-foot">
          {isNew && (
            <label className="field browser-newname" htmlFor={id}>
              <span className="field-label">{t('files.name')}</span>
              <Input
                id={id}
                value={name}
                data-testid="browser-name"
                onChange={(event) => setName(event.target.value)}
              />
            </label>
          )}
          <Button
            type="primary"
            disabled={isNew && name.trim() === ''}
            data-testid="browser-use"
            onClick={() => onChoose(isNew ? joinPath(data.folder, name.trim(), platform) : data.folder)}
          >
            {t('files.useFolder')}
          </Button>
        </div>
      )}
    </div>
  )
}
