/** Line managers from DNs, without circles: nobody is their own manager's manager. */
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'

export class Lines {
  readonly #manager: Map<number, number>
  private constructor(manager: Map<number, number>) {
    this.#manager = manager
  }
  static async of(on: Sql, org: number): Promise<Lines> {
    const rows = await run<{ id: number; manager: number }>(
      on,
      sql`select id, line_manager as manager from person where org = ${org} and line_manager is not null and binned_at is null`,
    )
    return new Lines(new Map(rows.map(({ id, manager }) => [id, manager])))
  }
  managerOf(person: number): number | null {
    return this.#manager.get(person) ?? null
  }
  /** @returns whether it was set; not when it would close a circle */
  set(person: number, manager: number | null): boolean {
    if (manager === null) {
      this.#manager.delete(person)
      return true
    }
    let above: number | undefined = manager
    for (let step = 0; above !== undefined && step < 1000; step++) {
      if (above === person) return false
      above = this.#manager.get(above)
    }
    this.#manager.set(person, manager)
    return true
  }
}
