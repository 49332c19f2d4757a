// English: Scanning codes, and printing them.

export const scan = {
  title: 'Scan a code',
  about:
    'A label of Pilothouse, a number such as INC-1042, or what stands on a tag. Pictures are read on this device and go nowhere.',
  picture: 'Choose a picture of the code',
  typed: 'Or type what stands there',
  typedExample: 'INC-1042',
  lookUp: 'Look up',
  nothing: (text: string) => `Nothing here is called “${text}”.`,
  elsewhere: (host: string) => `This code leads to ${host}, not to this installation. It was not opened.`,
  several: (text: string, n: number) => `“${text}” is found ${n} times:`,
  noCode: (name: string) => `No code was found in ${name}. Come closer, in good light, or type what stands there.`,
  camera: {
    start: 'Start the camera',
    stop: 'Stop the camera',
    picture: 'What the camera sees',
    none: 'This browser has no camera, or may not use one. A picture or typing does as well.',
    denied: 'The camera was not allowed. Allow it for this page in the browser, or use a picture, or type.',
  },
  label: {
    title: (number: string) => `Label of ${number}`,
    about: 'Whoever scans it comes to this record here, after signing in. The code holds the address alone.',
    code: (number: string) => `QR code of ${number}`,
    print: 'Print the label',
  },
}
