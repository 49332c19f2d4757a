// English: Help in place, and the frame of the guide.

export const help = {
  help: {
    title: (page: string) => `Help: ${page}`,
    guide: (chapter: string) => `Read on in the guide: ${chapter}`,
    wholeGuide: 'The whole guide',
    firstSteps: 'The first steps of this installation',
    keysHere: 'Keys on this page',
  },
  guide: { title: 'Guide', chapters: 'Chapters' },
  chapters: {
    begin: 'Begin',
    people: 'People',
    desk: 'Incidents',
    services: 'Services and service levels',
    safeguards: 'Safeguards',
    improvement: 'Measures and improvement',
    advice: 'Bridge, reports and advice',
    phone: 'On the phone and offline',
  },
  pages: {
    list: 'Words and conditions narrow the list; the address always says what you see, so it can be shared. Select rows to change many at once; every change can be undone.',
    record:
      'Click a value to change it. The buttons on top move it to its next state and ask for what that needs. Below is everything that ever happened to it.',
    form: 'What has a star is needed. Each field says what it is for; the server checks everything again and says what does not fit.',
    import:
      'Choose a file, look at what was found, and check it before anything is written. An import can be undone as a whole.',
    settings: 'What you prefer, and what administrators look after. Changes are written into the journal.',
    other: 'Ctrl K finds every record, place and command; ? shows all keys.',
    own: {
      '/bridge':
        'What needs you today, how the twelve duties stand, and what is open. Every figure opens the records behind it.',
      '/first-steps': 'Six steps that fill the bridge. Each can be skipped and done later.',
      '/scan': 'Labels, numbers and tags are looked up here by camera, picture or typing.',
      '/guide': 'The guide says by duty what can be done here.',
      '/estate/map': 'What needs what, and whom a failure would hurt.',
      '/desk/report': 'How much was reported and solved, and how fast.',
    } as Record<string, string>,
  },
}
