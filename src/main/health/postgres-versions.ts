/** Which PostgreSQL release is current, as known when this program was made: an older one misses repairs of security faults. */
import { say } from '#engines/say.ts'
import type { HealthItem } from '#kit/routes/admin.ts'

/** When the table below was last compared with https://www.postgresql.org/support/versioning/. */
const KNOWN_ON = '2026-11-21'
/** Major version → newest minor release and the day on which its support ends. */
const RELEASES: Readonly<Record<number, { readonly minor: number; readonly endsOn: string }>> = {
  15: { minor: 20, endsOn: '2027-11-11' },
  16: { minor: 16, endsOn: '2028-11-09' },
  17: { minor: 12, endsOn: '2029-11-08' },
  18: { minor: 6, endsOn: '2030-11-14' },
}
const EMBEDDED = (): string =>
  say`Point PILOTHOUSE_PG_BIN at newer programs of the same major version, or update Pilothouse as soon as it brings them. The embedded server listens on no network port, which is why this is no emergency.`
const EXTERNAL = (): string =>
  say`Install the update of your distribution and restart PostgreSQL; a minor release needs no migration.`

/**
 * @param version such as `18.4` or `15.18 (Debian 15.18-1)`
 * @param today a day, for the end of support
 */
export function versionVerdict(
  version: string,
  of: { readonly isEmbedded: boolean; readonly today: string },
): Pick<HealthItem, 'state' | 'todo'> & { readonly newest: string | null } {
  const [, major = '', minor = ''] = /^(\d+)\.(\d+)/.exec(version) ?? []
  const release = RELEASES[Number(major)]
  if (release === undefined) return { state: 'good', todo: '', newest: null } // newer than this program
  const newest = `${major}.${Math.max(release.minor, Number(minor))}`
  if (of.today > release.endsOn)
    return {
      state: 'bad',
      newest,
      todo: say`PostgreSQL ${major} is no longer maintained since ${release.endsOn}. Move to a newer one: pilothouse move --to …`,
    }
  if (Number(minor) < release.minor)
    return {
      state: 'warn',
      newest,
      todo: say`${newest} is out (known on ${KNOWN_ON}), with repairs of security faults. ${of.isEmbedded ? EMBEDDED() : EXTERNAL()}`,
    }
  return { state: 'good', todo: '', newest }
}
