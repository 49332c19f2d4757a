/** Priority from impact and urgency by a matrix that administrators may edit. */
import { say } from './say.ts'

/** Impacts and urgencies from least to most, priorities from most pressing to least; a cell for each pair. */
export interface PriorityMatrix {
  impacts: readonly string[]
  urgencies: readonly string[]
  priorities: readonly string[]
  cells: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Where the mistake is (RFC 6901 pointer) and what to do about it. */
export interface MatrixProblem {
  pointer: string
  detail: string
}

/** Who cannot work, by how soon it matters. */
export const defaultMatrix: PriorityMatrix = {
  impacts: ['person', 'team', 'site', 'everyone'],
  urgencies: ['low', 'normal', 'high'],
  priorities: ['P1', 'P2', 'P3', 'P4'],
  cells: {
    person: { low: 'P4', normal: 'P4', high: 'P3' },
    team: { low: 'P4', normal: 'P3', high: 'P2' },
    site: { low: 'P3', normal: 'P2', high: 'P1' },
    everyone: { low: 'P2', normal: 'P1', high: 'P1' },
  },
}

/** The priority of a cell. @throws RangeError for an impact or urgency the matrix does not have */
export function priorityOf(matrix: PriorityMatrix, impact: string, urgency: string): string {
  const priority = cell(matrix, impact, urgency)
  if (priority !== undefined) return priority
  throw new RangeError(
    say`The priority matrix has no cell for impact "${impact}" and urgency "${urgency}". Add it in the settings.`,
  )
}

/**
 * Every mistake of a matrix, in reading order: names given twice, cells missing, left over or with an unknown priority,
 * and cells where more impact or urgency would be less pressing.
 */
export function checkMatrix(matrix: PriorityMatrix): MatrixProblem[] {
  const names = (['impacts', 'urgencies', 'priorities'] as const).flatMap((list) =>
    checkNames(matrix[list], `/${list}`),
  )
  const cells = matrix.impacts.flatMap((impact) =>
    matrix.urgencies.flatMap((urgency) => checkCell(matrix, impact, urgency)),
  )
  const problems = [...names, ...cells, ...checkLeftOver(matrix)]
  return problems.length > 0 ? problems : checkOrder(matrix)
}

function checkNames(names: readonly string[], pointer: string): MatrixProblem[] {
  if (names.length === 0) return [{ pointer, detail: say`Name at least one.` }]
  return names.flatMap((name, index) => {
    if (name.trim() === '') return [{ pointer: `${pointer}/${index}`, detail: say`Give it a name.` }]
    if (names.indexOf(name) === index) return []
    return [{ pointer: `${pointer}/${index}`, detail: say`"${name}" is there twice. Remove one.` }]
  })
}

function checkCell(matrix: PriorityMatrix, impact: string, urgency: string): MatrixProblem[] {
  const pointer = pointerOf(impact, urgency)
  const priority = cell(matrix, impact, urgency)
  if (priority === undefined)
    return [{ pointer, detail: say`Choose a priority for impact "${impact}" and urgency "${urgency}".` }]
  if (matrix.priorities.includes(priority)) return []
  return [{ pointer, detail: say`"${priority}" is none of ${matrix.priorities.join(', ')}. Choose one of them.` }]
}

function checkLeftOver({ impacts, urgencies, cells }: PriorityMatrix): MatrixProblem[] {
  return Object.entries(cells).flatMap(([impact, row]) => {
    const detail = say`No such impact or urgency is left. Remove this cell.`
    const extra = impacts.includes(impact)
      ? Object.keys(row).filter((urgency) => !urgencies.includes(urgency))
      : Object.keys(row)
    return extra.map((urgency) => ({ pointer: pointerOf(impact, urgency), detail }))
  })
}

/** Each cell against its neighbours with one step less impact or urgency. */
function checkOrder(matrix: PriorityMatrix): MatrixProblem[] {
  const { impacts, urgencies, priorities } = matrix
  const rank = (impact: string, urgency: string): number => priorities.indexOf(priorityOf(matrix, impact, urgency))
  return impacts.flatMap((impact, row) =>
    urgencies.flatMap((urgency, column) => {
      const [above, before] = [impacts[row - 1], urgencies[column - 1]]
      const lesser = Math.min(
        above === undefined ? Infinity : rank(above, urgency),
        before === undefined ? Infinity : rank(impact, before),
      )
      if (rank(impact, urgency) <= lesser) return []
      const detail = say`${priorities[rank(impact, urgency)]} is less pressing than ${priorities[lesser]} beside it, with less impact or urgency. Raise it.`
      return [{ pointer: pointerOf(impact, urgency), detail }]
    }),
  )
}

function cell({ cells }: PriorityMatrix, impact: string, urgency: string): string | undefined {
  const row = Object.hasOwn(cells, impact) ? cells[impact] : undefined
  return row !== undefined && Object.hasOwn(row, urgency) ? row[urgency] : undefined
}

function pointerOf(impact: string, urgency: string): string {
  const escaped = [impact, urgency].map((name) => name.replaceAll('~', '~0').replaceAll('/', '~1'))
  return `/cells/${escaped.join('/')}`
}
