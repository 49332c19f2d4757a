// What the API answers about mail.
export interface MailSettings {
  isOn: boolean
  host: string
  port: number
  tls: 'starttls' | 'implicit' | 'none'
  isInside: boolean
  authority: string
  user: string
  senderName: string
  senderAddress: string
}
export interface MailState {
  settings: MailSettings | null
  hasPassword: boolean
  standing: {
    isOn: boolean
    failingSince: string | null
    lastError: string | null
    lastDeliveredAt: string | null
    nextAt: string | null
    waiting: number
    held: number
    failed: number
  }
}
export type Which = 'queued' | 'sending' | 'sent' | 'failed' | 'held' | 'discarded'
export interface Mail {
  id: number
  state: Which
  name: string
  address: string
  subject: string
  text: string
  because: string
  attempts: number
  lastError: string | null
  answer: string | null
  createdAt: string
  nextAt: string | null
}
export const mailKey = ['screen', 'mail']
