/** The German texts of all areas. */
export const TEXTS: ReadonlyMap<string, string> = new Map([])
