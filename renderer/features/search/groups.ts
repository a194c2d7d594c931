// What was found, in the order in which it is shown; and the pages of the program, which the window knows itself.
import type { Output } from '../../../shared/contract/index.ts'
import type { Marked } from '../../../shared/contract/search.ts'
import { useT } from '../../app/i18n.ts'
import { settingsSections, type ShellRoute } from '../../stores/navigation.ts'
import { useSectionTitles } from '../settings/section-titles.ts'

type Found = Output<'search.all'>

export interface Hit {
  key: string
  route: ShellRoute
  /** Stands first, in figures. */
  code: Marked | undefined
  text: Marked
  /** Stands last, small. */
  aside: string
}

export interface Group {
  name: 'cases' | 'customers' | 'texts' | 'people' | 'pages'
  hits: Hit[]
}

const pages = [
  'dashboard',
  'complaints',
  'customers',
  'imports',
  'exports',
  'audit',
  'people',
  'backups',
  'settings',
] as const

const plain = (text: string): Marked => ({ text, marks: [] })

/** Pages whose name holds what was typed, with the place marked. */
function pageHits(query: string, names: readonly { name: string; route: ShellRoute }[]): Hit[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return []
  return names.flatMap(({ name, route }) => {
    const at = name.toLowerCase().indexOf(wanted)
    if (at < 0) return []
    const text: Marked = { text: name, marks: [[at, at + wanted.length]] }
    return [{ key: `page ${name}`, route, code: undefined, text, aside: '' }]
  })
}

export function useGroups(query: string, found: Found | undefined): Group[] {
  const t = useT()
  const titles = useSectionTitles()
  const names: { name: string; route: ShellRoute }[] = [
    ...pages.map((name) => ({ name: t(`nav.${name}`), route: { name } })),
    ...settingsSections.map((section) => ({
      name: `${t('nav.settings')} · ${titles[section]}`,
      route: { name: 'settings' as const, section },
    })),
  ]
  const status = (one: Found['cases'][number]) => t(`complaints:status.${one.status}`)
  const groups: Group[] = [
    {
      name: 'cases',
      hits: (found?.cases ?? []).map((one) => ({
        key: `case ${one.id}`,
        route: { name: 'complaints', id: one.id },
        code: one.number,
        text: plain([one.category, one.customerName].filter((part) => part !== '').join(' · ')),
        aside: status(one),
      })),
    },
    {
      name: 'customers',
      hits: (found?.customers ?? []).map((one) => ({
        key: `customer ${one.id}`,
        route: { name: 'customers', id: one.id },
        code: one.number,
        text: join(one.name, one.mobile),
        aside: '',
      })),
    },
    {
      name: 'texts',
      hits: (found?.texts ?? []).map((one) => ({
        key: `text ${one.id}`,
        route: { name: 'complaints', id: one.id },
        code: one.number,
        text: one.excerpt,
        aside: one.hidden ? t('search:hiddenText') : status(one),
      })),
    },
    {
      name: 'people',
      hits: (found?.people ?? []).map((one) => ({
        key: `person ${one.id}`,
        route: { name: 'people' },
        code: undefined,
        text: one.name,
        aside: t(`role.${one.role}`),
      })),
    },
    { name: 'pages', hits: pageHits(query, names) },
  ]
  return groups.filter(({ hits }) => hits.length > 0)
}

/** Two texts beside each other, their marks kept in place. */
function join(first: Marked, second: Marked): Marked {
  const between = first.text === '' || second.text === '' ? '' : '  '
  const shift = first.text.length + between.length
  return {
    text: `${first.text}${between}${second.text}`,
    marks: [
      ...first.marks,
      ...second.marks.map(([from, to]): [number, number] => [from + shift, to + shift]),
    ],
  }
}
