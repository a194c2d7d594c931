// Where a letter's file goes: a folder, and a name that says nothing of the customer unless the person writes it so.
import { Input } from 'antd'
import { useState } from 'react'
import { useT } from '../../app/i18n.ts'
import { Field } from '../../components/Field.tsx'
import { PathField } from '../../components/PathField.tsx'
import { fileNameOf, joinPath } from '../../lib/paths.ts'
import { useSaveFolder, useSessionStore } from '../../stores/session.ts'

export interface Place {
  folder: string
  name: string
  setFolder: (folder: string) => void
  setName: (name: string) => void
  /** Whole path of the file; empty while something is missing. */
  path: string
}

/** @param suggested name without its ending; what the person types stands instead of it */
export function usePlace(suggested: string, ending = '.pdf'): Place {
  const info = useSessionStore((state) => state.info)
  const [folder, setFolder] = useState(useSaveFolder())
  const [typed, setName] = useState<string>()
  const name = typed ?? `${fileNameOf(suggested)}${ending}`
  const file = fileNameOf(name)
  const whole = file.toLowerCase().endsWith(ending) ? file : `${file}${ending}`
  const path = folder.trim() === '' || file === '' ? '' : joinPath(folder.trim(), whole, info?.platform ?? '')
  return { folder, name, setFolder, setName, path }
}

export function PlaceFields({ place, nameLabel }: { place: Place; nameLabel?: string }) {
  const t = useT()
  return (
    <>
      <Field label={t('letters:folder')}>
        {({ id }) => (
          <PathField
            id={id}
            purpose="export-folder"
            value={place.folder}
            onChange={place.setFolder}
            testId="letter-folder"
          />
        )}
      </Field>
      <Field label={nameLabel ?? t('letters:fileName')}>
        {({ id }) => (
          <Input
            id={id}
            value={place.name}
            autoComplete="off"
            spellCheck={false}
            data-testid="letter-name"
            onChange={(event) => place.setName(event.target.value)}
          />
        )}
      </Field>
    </>
  )
}
