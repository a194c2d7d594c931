// One complaint: the next step on top, left what happened, right the facts.
import { ArrowLeftOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ComplaintDetail } from '../../../shared/types/complaint.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useCall } from '../../api/use-call.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { IdentitiesBanner } from '../../components/IdentitiesBanner.tsx'
import { Loading } from '../../components/Loading.tsx'
import { MaskedValue } from '../../components/MaskedValue.tsx'
import { StatusWord } from '../../components/StatusWord.tsx'
import { isOwnEscape } from '../../lib/escape.ts'
import { useDataStore } from '../../stores/data.ts'
import { go } from '../../stores/navigation.ts'
import { useSessionStore } from '../../stores/session.ts'
import { TransactionList } from '../customers/TransactionList.tsx'
import { CaseLetters } from '../letters/CaseLetters.tsx'
import { CaseAssign } from './CaseAssign.tsx'
import { CaseAttachments } from './CaseAttachments.tsx'
import { CaseClocks, NextStep } from './CaseClocks.tsx'
import { CaseFacts } from './CaseFacts.tsx'
import { CaseFlow } from './CaseFlow.tsx'
import { CaseLinks } from './CaseLinks.tsx'
import { CaseWork } from './CaseWork.tsx'
import { RedactedText } from './RedactedText.tsx'
import { Timeline } from './Timeline.tsx'

export function ComplaintCase({ id }: { id: string }) {
  const t = useT()
  const { data, error, reload, setData } = useCall('complaints.get', { id })
  const back = () => go({ name: 'complaints' })
  const changed = (detail: ComplaintDetail) => {
    setData(detail)
    useDataStore.getState().bump()
  }
  return (
    <div
      className="case-page"
      onKeyDown={(event) => {
        if (isOwnEscape(event)) back()
      }}
    >
      <header className="page-head">
        <Button
          type="text"
          size="small"
          icon={<ArrowLeftOutlined />}
          aria-label={t('complaints:back')}
          title={t('complaints:back')}
          onClick={back}
          autoFocus
          data-testid="case-back"
        />
        <h1 className="mono-title">{data?.complaint.complaintNo ?? t('complaints:title')}</h1>
        {data !== undefined && <StatusWord status={data.complaint.status} />}
        {data !== undefined && (
          <p className="page-purpose case-next" data-testid="case-next">
            <NextStep detail={data} />
          </p>
        )}
      </header>
      <div className="page-body fill">
        <IdentitiesBanner />
        {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
        {data === undefined && error === undefined && <Loading rows={8} />}
        {data !== undefined && (
          <div className="case">
            <div className="case-main">
              <CaseFlow detail={data} />
              <Narrative detail={data} onChange={setData} />
              <Timeline detail={data} />
            </div>
            <aside className="case-side" aria-label={t('complaints:facts')}>
              <CaseAssign detail={data} onChange={changed} />
              <CaseClocks detail={data} onChange={changed} />
              <CaseWork detail={data} onChange={changed} />
              <CaseFacts detail={data} onChange={changed} />
              <CaseLinks detail={data} onChange={changed} />
              <CaseAttachments detail={data} />
              <TransactionList
                of={{ complaintId: data.complaint.id, customerId: data.complaint.customerId }}
              />
              <CaseLetters detail={data} />
            </aside>
          </div>
        )}
      </div>
    </div>
  )
}

interface NarrativeProps {
  detail: ComplaintDetail
  onChange: (detail: ComplaintDetail) => void
}

function Narrative({ detail, onChange }: NarrativeProps) {
  const t = useT()
  const { complaint } = detail
  const role = useSessionStore((state) => state.session?.role)
  const mayReview = role !== undefined && holdsIdentities(role)
  const review = useAction(async () => {
    onChange(await call('complaints.markReviewed', { id: complaint.id }))
    useDataStore.getState().bump()
  })
  const reveal = (field: 'narrative' | 'outcome') => async (reason: string) => {
    const values = await call('complaints.reveal', { id: complaint.id, fields: [field], reason })
    return values[field] ?? ''
  }
  return (
    <section className="case-text">
      <h2>{t('complaints:narrativeTitle')}</h2>
      <RedactedText text={complaint.narrative} testId="case-narrative" />
      <div className="case-text-tools">
        <MaskedValue
          label={t('complaints:fields.narrative')}
          masked={complaint.narrative}
          kind="text"
          reveal={reveal('narrative')}
          testId="reveal-narrative"
        >
          {t('complaints:original')}
        </MaskedValue>
      </div>
      {complaint.unreviewed && (
        <div className="notice-bar" data-testid="case-unreviewed">
          <span>
            <strong>{t('complaints:unreviewed')}</strong>{' '}
            {mayReview ? t('complaints:unreviewedText') : t('complaints:unreviewedOther')}
          </span>
          {mayReview && (
            <Button
              size="small"
              loading={review.busy}
              onClick={() => review.run()}
              data-testid="case-mark-reviewed"
            >
              {t('complaints:markReviewed')}
            </Button>
          )}
        </div>
      )}
      {review.error !== undefined && <ErrorNotice error={review.error} />}
      {complaint.outcome !== '' && (
        <>
          <h2>{t('complaints:outcomeTitle')}</h2>
          <RedactedText text={complaint.outcome} testId="case-outcome" />
          <div className="case-text-tools">
            <MaskedValue
              label={t('complaints:fields.outcome')}
              masked={complaint.outcome}
              kind="text"
              reveal={reveal('outcome')}
              testId="reveal-outcome"
            >
              {t('complaints:original')}
            </MaskedValue>
          </div>
        </>
      )}
    </section>
  )
}
