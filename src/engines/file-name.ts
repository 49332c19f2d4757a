/** Names of files as we keep them. */

/** The last part of a path, without what systems take for something else; at most 200 characters. Nothing left: "file". */
export function fileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const clean = last
    .replace(/[\u0000-\u001f\u007f<>:"|?*]/g, '_')
    .trim()
    .slice(0, 200)
    .toWellFormed()
  return clean === '' || clean === '.' || clean === '..' ? 'file' : clean
}
