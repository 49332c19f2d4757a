// Somebody with a browser of their own: keeps the cookies that the server sets.
import type { Answered, Call } from '../setup/call.ts'

export class Visitor {
  readonly cookies = new Map<string, string>()
  agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  readonly #call: Call
  constructor({ call }: { call: Call }) {
    this.#call = call
  }
  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
  async call(method: string, path: string, body?: unknown): Promise<Answered> {
    const headers = { 'user-agent': this.agent, ...(this.cookies.size > 0 ? { cookie: this.cookie } : {}) }
    const answer = await this.#call(method, path, { headers, ...(body === undefined ? {} : { body }) })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      if (line.includes('Max-Age=0')) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return answer
  }
  signIn(email: string, password: string): Promise<Answered> {
    return this.call('POST', '/session', { email, password })
  }
}
