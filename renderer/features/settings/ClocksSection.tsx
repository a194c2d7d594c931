// Which clock packs count in this vault; a change shows its effect before it counts.
import { Button, Select } from 'antd'
import { useState } from 'react'
import type { Output, Request } from '../../../shared/contract/index.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { ClockPack } from '../../../shared/types/clock.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { PathField } from '../../components/PathField.tsx'
import { formatNumber } from '../../lib/format.ts'
import { useDataStore } from '../../stores/data.ts'
import { runJob } from '../../stores/jobs.ts'
import { useSessionStore } from '../../stores/session.ts'

type Change = Request<'clocks.preview'>
type Settings = Output<'clocks.get'>

export function ClocksSection() {
  const t = useT()
  const owner = useSessionStore((state) => state.session?.role === 'owner')
  const { data, error, reload } = useCall('clocks.get', {})
  return (
    <section className="card stack" data-testid="clocks-settings">
      <div>
        <h2>{t('clocks:settingsTitle')}</h2>
        <p className="soft">{t('clocks:settingsText')}</p>
        {!owner && <p className="soft">{t('vault:settings.ownerOnly')}</p>}
      </div>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {data !== undefined && <Packs settings={data} owner={owner} onChanged={reload} />}
    </section>
  )
}

interface PacksProps {
  settings: Settings
  owner: boolean
  onChanged: () => void
}

function Packs({ settings, owner, onChanged }: PacksProps) {
  const t = useT()
  const locale = useLocale()
  const [pack, setPack] = useState(settings.defaultPack)
  const [path, setPath] = useState('')
  const [effect, setEffect] = useState<{ change: Change; said: Output<'clocks.preview'> }>()
  const [applied, setApplied] = useState(false)
  const apply = useAction(async (change: Change) => {
    await runJob('clocks', 'clocks.apply', change)
    setEffect(undefined)
    setApplied(true)
    setPath('')
    useDataStore.getState().bump()
    onChanged()
  })
  const preview = useAction(async (change: Change) => {
    setApplied(false)
    apply.clear()
    setEffect(undefined)
    setEffect({ change, said: await runJob('clocks', 'clocks.preview', change) })
  })
  // A pack of one's own goes with a reset: then the one that counts is shown.
  const chosen = settings.packs.some(({ id }) => id === pack) ? pack : settings.defaultPack
  const shown = settings.packs.find(({ id }) => id === chosen)
  const change: Change = {
    ...(chosen === settings.defaultPack ? {} : { defaultPack: chosen }),
    ...(path.trim() === '' ? {} : { path: path.trim() }),
  }
  const name = (one: ClockPack & { own: boolean }) =>
    `${one.label[locale]}${one.own ? ` (${t('clocks:own')})` : ''}`
  const error = preview.error ?? apply.error
  const number = (value: number) => formatNumber(value, locale)
  return (
    <>
      <Field label={t('clocks:defaultPack')}>
        {({ id }) => (
          <Select
            id={id}
            className="full"
            disabled={!owner || preview.busy || apply.busy}
            value={chosen}
            onChange={(value: string) => {
              setPack(value)
              setEffect(undefined)
            }}
            options={settings.packs.map((one) => ({ value: one.id, label: name(one) }))}
            data-testid="clocks-pack"
          />
        )}
      </Field>
      {shown !== undefined && <PackClocks pack={shown} />}
      <Tables workdays={settings.workdays} />
      {settings.pending && <p className="warn">{t('clocks:pending')}</p>}
      {owner && (
        <>
          <Field label={t('clocks:importFile')}>
            {({ id }) => (
              <PathField
                id={id}
                purpose="clock-file"
                value={path}
                onChange={(value) => {
                  setPath(value)
                  setEffect(undefined)
                }}
                testId="clocks-file"
              />
            )}
          </Field>
          <div className="clock-acts">
            <Button
              disabled={Object.keys(change).length === 0}
              loading={preview.busy}
              onClick={() => preview.run(change)}
              data-testid="clocks-preview"
            >
              {t('clocks:preview')}
            </Button>
            {settings.packs.some(({ own }) => own) || settings.workdays.some(({ own }) => own) ? (
              <Button
                loading={preview.busy}
                onClick={() => preview.run({ reset: true })}
                data-testid="clocks-reset"
              >
                {t('clocks:reset')}
              </Button>
            ) : null}
          </div>
        </>
      )}
      {effect !== undefined && (
        <div className="notice-bar" role="status" data-testid="clocks-effect">
          <span>
            {t('clocks:effect', {
              open: number(effect.said.open),
              changed: number(effect.said.changed),
              before: number(effect.said.overdueBefore),
              after: number(effect.said.overdueAfter),
            })}
          </span>
          <Button
            type="primary"
            loading={apply.busy}
            onClick={() => apply.run(effect.change)}
            data-testid="clocks-apply"
          >
            {t('clocks:apply')}
          </Button>
        </div>
      )}
      {applied && <p role="status">{t('clocks:applied')}</p>}
      {error !== undefined && (
        <ErrorNotice error={error}>
          <Refused error={error} />
        </ErrorNotice>
      )}
    </>
  )
}

/** What is wrong in a file: names of packs, years and rules, nothing of a customer. */
function Refused({ error }: { error: AppError }) {
  if (error.code !== 'clocks.invalid') return null
  return (
    <ul>
      {(error.fields ?? []).map(({ field, rule, value }) => (
        <li key={`${field} ${rule}`} className="mono">
          {[field, rule, value].filter((part) => part !== undefined).join(' · ')}
        </li>
      ))}
    </ul>
  )
}

function PackClocks({ pack }: { pack: ClockPack }) {
  const t = useT()
  const locale = useLocale()
  return (
    <ul className="pack-clocks">
      {pack.clocks.map(({ id, label, unit, length, pauses, watch, source }) => (
        <li key={id}>
          <strong>{label[locale]}</strong>{' '}
          {[
            t(`clocks:counts.${unit}`, { count: length }),
            ...(pauses ? [t('clocks:pausable')] : []),
            ...(watch ? [t('clocks:watch')] : []),
          ].join(' · ')}
          <span className="soft clock-source">{t('clocks:source', { source })}</span>
        </li>
      ))}
    </ul>
  )
}

/** The tables of working days, and the year that is missing behind the last. */
function Tables({ workdays }: { workdays: Settings['workdays'] }) {
  const t = useT()
  // A deadline of today may reach into the year that begins in some weeks.
  const [soon] = useState(() => new Date(Date.now() + 60 * 86_400_000).getFullYear())
  const countries = [...new Set(workdays.map(({ calendar }) => calendar))]
  return (
    <div>
      <h3>{t('clocks:tables')}</h3>
      {countries.map((country) => {
        const years = workdays.filter(({ calendar }) => calendar === country).map(({ year }) => year)
        const last = Math.max(...years)
        const gap = last < soon
        return (
          <p key={country}>
            {t('clocks:tableYears', { country, years: years.join(', ') })}
            {gap && <span className="warn block">{t('clocks:gap', { year: last + 1 })}</span>}
          </p>
        )
      })}
    </div>
  )
}
