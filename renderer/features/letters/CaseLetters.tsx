// The letters of a case: what was sent, its text by reason, another file of it; and writing one.
import { Button } from 'antd'
import { useState } from 'react'
import type { ComplaintDetail } from '../../../shared/types/complaint.ts'
import type { Letter } from '../../../shared/types/letter.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { OpenElsewhere } from '../../components/OpenElsewhere.tsx'
import { MaskedValue } from '../../components/MaskedValue.tsx'
import { formatInstant } from '../../lib/format.ts'
import { useDataStore } from '../../stores/data.ts'
import { runJob } from '../../stores/jobs.ts'
import { useSessionStore } from '../../stores/session.ts'
import { CopyLetter } from './CopyLetter.tsx'
import { WriteLetter } from './WriteLetter.tsx'

export function CaseLetters({ detail }: { detail: ComplaintDetail }) {
  const t = useT()
  const { id } = detail.complaint
  const role = useSessionStore((state) => state.session?.role)
  const mayWrite = role !== undefined && holdsIdentities(role)
  const letters = useCall('letters.list', { complaintId: id })
  const [writing, setWriting] = useState(false)
  const [copying, setCopying] = useState<Letter>()
  const [printing, setPrinting] = useState<Letter>()
  const items = letters.data?.items ?? []
  return (
    <section className="case-links" aria-label={t('letters:title')}>
      <header className="section-head">
        <h2 className="section-title">{t('letters:title')}</h2>
        {mayWrite && (
          <Button size="small" onClick={() => setWriting(true)} data-testid="letter-write">
            {t('letters:write')}
          </Button>
        )}
      </header>
      {letters.error !== undefined && <ErrorNotice error={letters.error} onRetry={letters.reload} />}
      {letters.data !== undefined && items.length === 0 && <p className="soft">{t('letters:none')}</p>}
      <ul className="plain-list letter-list" data-testid="letter-list">
        {items.map((letter) => (
          <Sent
            key={letter.id}
            letter={letter}
            mayCopy={mayWrite}
            onCopy={() => setCopying(letter)}
            onPrint={() => setPrinting(letter)}
          />
        ))}
      </ul>
      <WriteLetter detail={detail} open={writing} onClose={() => setWriting(false)} />
      <CopyLetter
        letter={copying}
        complaintNo={detail.complaint.complaintNo}
        onClose={() => setCopying(undefined)}
      />
      <OpenElsewhere
        open={printing !== undefined}
        title={t('letters:printTitle')}
        name={printing?.title ?? ''}
        confirm={t('letters:print')}
        testId="letter-print"
        run={async (reason) => {
          if (printing !== undefined) await runJob('openLetter', 'letters.open', { id: printing.id, reason })
          useDataStore.getState().bump()
        }}
        onDone={() => setPrinting(undefined)}
        onClose={() => setPrinting(undefined)}
      />
    </section>
  )
}

interface SentProps {
  letter: Letter
  mayCopy: boolean
  onCopy: () => void
  onPrint: () => void
}

function Sent({ letter, mayCopy, onCopy, onPrint }: SentProps) {
  const t = useT()
  const locale = useLocale()
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  return (
    <li>
      <div className="letter-title">{letter.title}</div>
      <div className="soft">
        {t('letters:sentBy', { at: formatInstant(letter.at, locale, timeZone), user: letter.user })}
        {letter.state === 'failed' && <span className="warn"> · {t('letters:state.failed')}</span>}
      </div>
      <details className="letter-text">
        <summary>{t('letters:showText')}</summary>
        <p className="pre">{letter.text}</p>
      </details>
      <div className="case-text-tools">
        <MaskedValue
          label={t('letters:asSent')}
          masked={letter.text}
          kind="text"
          reveal={async (reason) => (await call('letters.reveal', { id: letter.id, reason })).text}
          testId="letter-reveal"
        >
          {t('letters:asSent')}
        </MaskedValue>
        {mayCopy && (
          <>
            <Button size="small" type="text" onClick={onPrint} data-testid="letter-print">
              {t('letters:print')}
            </Button>
            <Button size="small" type="text" onClick={onCopy} data-testid="letter-copy">
              {t('letters:copy')}
            </Button>
          </>
        )}
      </div>
    </li>
  )
}
