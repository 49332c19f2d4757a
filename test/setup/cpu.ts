// What a page costs the processor: the time its main thread worked, not the time that passed, so that other work on the machine
// counts little; and how fast this machine is, by a loop whose work is always the same.
import type { CDPSession, Page } from 'playwright-core'

export interface Cpu {
  /** Milliseconds of processor that the main thread spent on tasks since the page was opened. */
  spent(): Promise<number>
  /** Of the tasks between now and the end of `work`. */
  of(work: () => Promise<unknown>): Promise<number>
}

/** @param page with something of the site that will be measured */
export async function watchCpu(page: Page): Promise<Cpu> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const spent = (): Promise<number> => taskMs(session)
  return {
    spent,
    of: async (work) => {
      const before = await spent()
      await work()
      return (await spent()) - before
    },
  }
}
async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  const found = metrics.find(({ name }) => name === 'TaskDuration')
  if (found === undefined) throw new Error('This browser does not say how long its tasks took.')
  return found.value * 1000
}

/** What the loop below takes on the machine of the budgets (two cores, 2.8 GHz): the figures are meant for that one. */
const LOOP_MS = 60

/** How many times slower this machine is than that of the budgets, at this moment; never below 1. */
export async function slowness(page: Page): Promise<number> {
  const cpu = await watchCpu(page)
  const runs: number[] = []
  for (let run = 0; run < 3; run++) runs.push(await cpu.of(() => page.evaluate(loop)))
  return Math.max(1, Math.min(...runs) / LOOP_MS)
}
/** Text, numbers, maps and elements, as a page does them. */
function loop(): number {
  let sum = 0
  const names = new Map<string, number>()
  for (let n = 0; n < 150_000; n++) {
    const name = `row-${n % 5000}`
    names.set(name, (names.get(name) ?? 0) + n)
    sum += name.length + Math.sqrt(n)
  }
  const box = document.createElement('div')
  for (let n = 0; n < 4000; n++) {
    const line = document.createElement('span')
    line.textContent = String(n)
    line.className = `cell c${n % 7}`
    box.append(line)
  }
  document.body.append(box)
  sum += box.getBoundingClientRect().height
  box.remove()
  return sum
}
