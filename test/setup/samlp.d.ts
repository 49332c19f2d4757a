// samlp brings no types; it is only used to be a real identity provider in tests.
declare module 'samlp' {
  const samlp: {
    auth(
      options: Readonly<Record<string, unknown>>,
    ): (request: unknown, response: unknown, next: (error: unknown) => void) => void
  }
  export default samlp
}
