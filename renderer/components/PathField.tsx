// A path that can be typed or chosen: with the system's own dialog where the host has one, else with ours.
import { Button, Input, Space } from 'antd'
import { useState } from 'react'
import { call } from '../api/client.ts'
import { useAction } from '../api/use-action.ts'
import { useT } from '../app/i18n.ts'
import { useSessionStore } from '../stores/session.ts'
import { ErrorNotice } from './ErrorNotice.tsx'
import { FileBrowser, type PathPurpose } from './FileBrowser.tsx'

interface Props {
  id: string
  purpose: PathPurpose
  value: string
  onChange: (path: string) => void
  /** For something new: the name that the chosen folder gets. */
  suggestedName?: string
  invalid?: boolean
  testId: string
}

export function PathField({ id, purpose, value, onChange, suggestedName, invalid, testId }: Props) {
  const t = useT()
  const native = useSessionStore((state) => state.info?.nativeDialogs ?? false)
  const [browsing, setBrowsing] = useState(false)
  const choose = useAction(async () => {
    const answer = await call('files.choose', {
      purpose,
      ...(suggestedName === undefined ? {} : { suggestedName }),
    })
    if (answer.path !== null) onChange(answer.path)
  })
  return (
    <div className="path-field">
      <Space.Compact block>
        <Input
          id={id}
          value={value}
          className="path-input"
          autoComplete="off"
          spellCheck={false}
          status={invalid === true ? 'error' : ''}
          aria-invalid={invalid === true}
          data-testid={testId}
          onChange={(event) => onChange(event.target.value)}
        />
        <Button
          loading={choose.busy}
          data-testid={`${testId}-choose`}
          onClick={() => (native ? choose.run() : setBrowsing(true))}
        >
          {t('actions.choose')}
        </Button>
      </Space.Compact>
      {choose.error !== undefined && <ErrorNotice error={choose.error} />}
      <FileBrowser
        open={browsing}
        purpose={purpose}
        start={value}
        suggestedName={suggestedName}
        onClose={() => setBrowsing(false)}
        onChoose={(path) => {
          setBrowsing(false)
          onChange(path)
        }}
      />
    </div>
  )
}
