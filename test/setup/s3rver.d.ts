// s3rver brings no types; it is only used to be a real S3 server in tests.
declare module 's3rver' {
  export default class S3rver {
    constructor(options: Readonly<Record<string, unknown>>)
    run(): Promise<{ port: number }>
    close(): Promise<void>
  }
}
