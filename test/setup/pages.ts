// Every page of the product, listed from what the server declares: lists, forms, imports, one record of each kind, the screens of domains, the settings.
import { globSync } from 'node:fs'
import path from 'node:path'
import { sections } from '../../src/web/settings/sections.ts'
import type { Demo } from './demo.ts'

interface Declared {
  records: { name: string; plural: string; place: string | null; can: { create: boolean; import: boolean } }[]
}
export interface Place {
  /** A few words, usable as a file name. */
  name: string
  path: string
}

/** They have no form. */
const madeByUpload = new Set(['importBatch', 'file'])

export async function allPages(demo: Pick<Demo, 'url'>, session: string): Promise<Place[]> {
  const read = async <T>(address: string): Promise<T> => {
    const response = await fetch(`${demo.url}/api/v1${address}`, { headers: { cookie: `pilothouse=${session}` } })
    if (!response.ok) throw new Error(`${address} answers ${response.status}`)
    return (await response.json()) as T
  }
  const { records } = await read<Declared>('/records')
  const pages: Place[] = []
  for (const record of records) {
    const list = `/${record.place ?? 'all'}/${record.plural}`
    pages.push({ name: `${record.plural}-list`, path: list })
    if (record.can.create && !madeByUpload.has(record.name))
      pages.push({ name: `${record.plural}-new`, path: `${list}/new` })
    const { items } = await read<{ items: { number: string }[] }>(`/${record.plural}?limit=1&sort=-id`)
    const [first] = items
    if (first) pages.push({ name: `${record.plural}-record`, path: `${list}/${first.number}` })
  }
  const imported = records.find((record) => record.name === 'incident')
  if (imported?.can.import)
    pages.push({ name: 'incidents-import', path: `/${imported.place}/${imported.plural}/import` })
  const steps = ['organisation', 'people', 'services', 'money', 'safeguards', 'connect']
  pages.push(...steps.map((step) => ({ name: `first-steps-${step}`, path: `/first-steps/${step}` })))
  pages.push({ name: 'scan', path: '/scan' }, { name: 'guide', path: '/guide' })
  return [...pages, ...displayPages(), ...(await domainPages()), ...settingsPages()]
}

/** Lists in other ways than as a list: each way once with what it shows best, and with another kind. */
function displayPages(): Place[] {
  const shown = {
    'tasks-board': '/desk/tasks?display=board',
    'tasks-board-people': '/desk/tasks?display=board&group=assignee&folded=none',
    'tasks-calendar': '/desk/tasks?display=calendar&layers=absence,obligation,action,incident',
    'tasks-week': '/desk/tasks?display=calendar&mode=week',
    'tasks-agenda': '/desk/tasks?display=calendar&mode=agenda',
    'incidents-calendar': '/desk/incidents?display=calendar&date=openedAt&done=1',
    'incidents-board': '/desk/incidents?display=board',
    'absences-timeline': '/people/absences?display=timeline',
    'incidents-timeline': '/desk/incidents?display=timeline&date=openedAt,resolvedAt&done=1&zoom=day',
    'actions-timeline': '/improvement/actions?display=timeline&zoom=month&group=owner',
    'services-relations': '/estate/services?display=map&start=SVC-1',
  }
  return Object.entries(shown).map(([name, path]) => ({ name, path }))
}

/** Addresses of the screens that domains register in `src/web/screens/<domain>/screens.ts`. */
async function domainPages(): Promise<Place[]> {
  const folder = path.join(import.meta.dirname, '../../src/web/screens')
  const modules = await Promise.all(
    globSync('*/screens.ts', { cwd: folder })
      .sort()
      .map(async (file) => (await import(path.join(folder, file))) as Record<string, { path: string }[]>),
  )
  const paths = modules.flatMap((module) =>
    Object.values(module).flatMap((screens) => screens.map((screen) => screen.path)),
  )
  return paths.map((one) => ({
    name: one.slice(1).replaceAll('/', '-').replace('$number', 'one'),
    path: one.replace('$number', one.startsWith('/reports/') ? 'REP-1' : 'SVC-1'),
  }))
}

/** The sections that the settings themselves list. */
function settingsPages(): Place[] {
  return sections.map(({ name }) => ({ name: `settings-${name}`, path: `/settings/${name}` }))
}
