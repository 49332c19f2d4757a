// The icons: one stroke, 24 units square, drawn in the text's colour. Decorative: words stand beside them or label the button.

const paths = {
  wheel:
    'M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM12 1v8.5M12 14.5V23M1 12h8.5M14.5 12H23M4.2 4.2l6 6M13.8 13.8l6 6M19.8 4.2l-6 6M10.2 13.8l-6 6',
  compass: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM15.5 8.5l-2 5-5 2 2-5 5-2Z',
  headset: 'M4 14v-2a8 8 0 0 1 16 0v2M4 14h3v6H5a1 1 0 0 1-1-1v-5ZM20 14h-3v6h2a1 1 0 0 0 1-1v-5Z',
  server: 'M4 4h16v6H4zM4 14h16v6H4zM8 7h.01M8 17h.01M12 7h4M12 17h4',
  shield: 'M12 3l8 3v6c0 5-3.5 7.8-8 9-4.5-1.2-8-4-8-9V6l8-3Z',
  users: 'M9 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM2 21c0-4 3-6 7-6s7 2 7 6M16 4.5a4 4 0 0 1 0 7M18 15.5c2.5.8 4 2.7 4 5.5',
  bank: 'M3 10l9-6 9 6M4 10h16M6 10v8M10 10v8M14 10v8M18 10v8M3 21h18',
  anchor: 'M12 4a2 2 0 1 0 0 4 2 2 0 0 0 0-4ZM12 8v13M5 13H3c0 5 4 8 9 8s9-3 9-8h-2M9 11h6',
  book: 'M5 4h13a1 1 0 0 1 1 1v15H7a2 2 0 0 1-2-2V4ZM5 18a2 2 0 0 1 2-2h12',
  bell: 'M6 16v-5a6 6 0 0 1 12 0v5l2 2H4l2-2ZM10 21h4',
  spark: 'M4 19l5-6 4 3 7-9M15 7h5v5',
  folder: 'M3 6h6l2 3h10v10H3z',
  gear: 'M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM12 2l1.5 3 3.2-.8 1 3.2 3 1.4L19.5 12l1.2 3.2-3 1.4-1 3.2-3.2-.8L12 22l-1.5-3-3.2.8-1-3.2-3-1.4L4.5 12 3.3 8.8l3-1.4 1-3.2 3.2.8L12 2Z',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16 16l5 5',
  plus: 'M12 5v14M5 12h14',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M19 5l-1.4 1.4M6.4 17.6 5 19',
  menu: 'M3 6h18M3 12h18M3 18h18',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  down: 'M6 9l6 6 6-6',
  up: 'M6 15l6-6 6 6',
  right: 'M9 6l6 6-6 6',
  left: 'M15 6l-6 6 6 6',
  dots: 'M5 12h.01M12 12h.01M19 12h.01',
  export: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  import: 'M12 16V4M7 9l5-5 5 5M4 20h16',
  columns: 'M4 5h16v14H4zM10 5v14M15 5v14',
  filter: 'M3 5h18l-7 8v6l-4-2v-4L3 5Z',
  pin: 'M9 3h6l-1 7 4 4H6l4-4-1-7ZM12 14v7',
  bin: 'M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6',
  clip: 'M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7L9.5 17a1.6 1.6 0 0 1-2.3-2.3L15 7',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.7 5.7L12 17',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7v5l3.5 2',
  edit: 'M4 20h4L19 9l-4-4L4 16v4ZM13 7l4 4',
  eye: 'M2 12s3.5-7 10-7 10 7 10 7-3.5 7-10 7-10-7-10-7ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z',
  board: 'M4 4h4.5v16H4zM10 4h4.5v10H10zM16 4h4.5v13H16z',
  table: 'M4 5h16v14H4zM4 10h16M4 15h16',
  tree: 'M4 5h8M8 5v14M8 12h5M8 19h5M15 12h5M15 19h5',
  layers: 'M12 3l9 5-9 5-9-5 9-5ZM3 12l9 5 9-5M3 16l9 5 9-5',
  timeline: 'M4 4v16M7 7h7M10 12h9M8 17h6',
  undo: 'M9 14l-5-5 5-5M4 9h10a6 6 0 0 1 0 12h-3',
  key: 'M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM11 12l9-9M16 7l3 3',
  heart: 'M3 12h4l2-6 4 12 3-8 1.5 2H21',
  jobs: 'M4 6h16M4 12h10M4 18h7M18 14v7M14.5 17.5h7',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v5M16 3v5',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 8v8M11.5 8v8M14 8v8M16.5 8v8',
  help: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM9.3 9.3a2.8 2.8 0 1 1 4 2.6c-.9.4-1.3 1-1.3 1.9M12 17h.01',
  chart: 'M4 20h16M7 20v-8M12 20V5M17 20v-11',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  map: 'M5 4a2 2 0 1 0 0 4 2 2 0 0 0 0-4ZM19 4a2 2 0 1 0 0 4 2 2 0 0 0 0-4ZM12 16a2 2 0 1 0 0 4 2 2 0 0 0 0-4ZM6.5 7.5l4.5 9M17.5 7.5 13 16.5M7 6h10',
} as const

export type IconName = keyof typeof paths

const aliases: Record<string, IconName> = {
  bridge: 'compass',
  desk: 'headset',
  estate: 'server',
  safeguards: 'shield',
  people: 'users',
  money: 'bank',
  direction: 'anchor',
  improvement: 'spark',
}

/** The server may name an icon that this version does not know: then a folder. */
export function iconNamed(name: string | null | undefined): IconName {
  if (!name) return 'folder'
  return name in paths ? (name as IconName) : (aliases[name] ?? 'folder')
}

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'dots' ? 3 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
    >
      <path d={paths[name]} />
    </svg>
  )
}
