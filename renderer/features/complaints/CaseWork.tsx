// Moving a complaint on: another status with a note, or a note alone.
import { Button, Input, Select } from 'antd'
import { useId, useState } from 'react'
import type { ComplaintDetail, ComplaintStatus } from '../../../shared/types/complaint.ts'
import { noteKinds } from '../../../shared/types/case.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { CaseOutcome } from './CaseOutcome.tsx'
import { refreshSession, useIdentitiesOpen, useSessionStore } from '../../stores/session.ts'

interface Props {
  detail: ComplaintDetail
  onChange: (detail: ComplaintDetail) => void
}

export function CaseWork({ detail, onChange }: Props) {
  const t = useT()
  const id = useId()
  const role = useSessionStore((state) => state.session?.role)
  const [status, setStatus] = useState<ComplaintStatus>()
  const [note, setNote] = useState('')
  const [kind, setKind] = useState<(typeof noteKinds)[number]>('note')
  const [ending, setEnding] = useState(false)
  const identitiesOpen = useIdentitiesOpen()
  const text = note.trim()
  const work = useAction(async () => {
    const changed =
      status === undefined
        ? await call('complaints.addNote', { id: detail.complaint.id, text, kind })
        : await call('complaints.setStatus', { id: detail.complaint.id, status, note: text })
    setStatus(undefined)
    setNote('')
    setKind('note')
    onChange(changed)
    if (!identitiesOpen) await refreshSession()
  })
  if (role === 'auditor') return null
  const { case: facts, complaint } = detail
  const hasOutcome = complaint.outcome !== '' || facts.outcomeKind !== null || facts.relief !== null
  const ends = status === 'resolved' || status === 'closed'
  const noteIsOutcome = ends && complaint.outcome === '' && text !== '' && identitiesOpen
  const needsOutcome =
    status === 'closed' && complaint.status !== 'withdrawn' && !hasOutcome && !noteIsOutcome
  const needsReason = status === 'reopened' && text === ''
  const ready = (status !== undefined || text !== '') && !needsOutcome && !needsReason
  const mayEnd = role === 'owner' || role === 'handler'
  return (
    <>
      <OwnForm
        className="case-work"
        ready={ready}
        onSubmit={() => work.run()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready) {
            event.preventDefault()
            work.run()
          }
        }}
      >
        <label className="field" htmlFor={`${id}-status`}>
          <span className="field-label">{t('complaints:changeStatus')}</span>
          <Select
            id={`${id}-status`}
            className="full"
            allowClear
            placeholder={t('complaints:toStatus')}
            value={status}
            onChange={setStatus}
            data-testid="case-status"
            options={detail.nextStatuses.map((next) => ({
              value: next,
              label: t(`complaints:status.${next}`),
            }))}
          />
        </label>
        {status === undefined && (
          <label className="field" htmlFor={`${id}-kind`}>
            <span className="field-label">{t('cases:noteKind')}</span>
            <Select
              id={`${id}-kind`}
              className="full"
              value={kind}
              onChange={setKind}
              data-testid="case-note-kind"
              options={noteKinds.map((value) => ({ value, label: t(`cases:noteKinds.${value}`) }))}
            />
          </label>
        )}
        <label className="field" htmlFor={`${id}-note`}>
          <span className="field-label">
            {status === 'reopened' ? t('cases:reopenReason') : t('complaints:note')}
          </span>
          <Input.TextArea
            id={`${id}-note`}
            rows={3}
            value={note}
            placeholder={t('complaints:noteHint')}
            data-testid="case-note"
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        {needsOutcome && (
          <p className="soft" data-testid="case-needs-outcome">
            {t('cases:outcomeNeeded')}
          </p>
        )}
        {noteIsOutcome && <p className="soft">{t('cases:outcomeFromNote')}</p>}
        {!identitiesOpen && (
          <p className="soft" data-testid="case-kept">
            {t('complaints:kept')}
          </p>
        )}
        {work.error !== undefined && <ErrorNotice error={work.error} />}
        <div className="case-work-foot">
          <Button
            type="primary"
            htmlType="submit"
            disabled={!ready}
            loading={work.busy}
            data-testid="case-apply"
          >
            {status === undefined ? t('complaints:addNote') : t('complaints:apply')}
          </Button>
          {mayEnd && complaint.status !== 'closed' && (
            <Button onClick={() => setEnding(true)} data-testid="case-outcome-open">
              {t(hasOutcome ? 'cases:changeOutcome' : 'cases:recordOutcome')}
            </Button>
          )}
        </div>
      </OwnForm>
      <CaseOutcome open={ending} detail={detail} onChange={onChange} onClose={() => setEnding(false)} />
    </>
  )
}
