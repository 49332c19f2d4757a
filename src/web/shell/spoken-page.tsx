// A page of a route: loaded when it is first opened, drawn again when another language is chosen. What is typed on it stays.
import { lazyRouteComponent } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useLanguage } from '../messages/language.ts'

/** `name` is what the module exports it as. */
export function page<N extends string>(load: () => Promise<Record<N, ComponentType>>, name: N) {
  const loadPage = async () => {
    const Screen: ComponentType = (await load())[name]
    return { Screen: () => <Screen /> }
  }
  const Lazy = lazyRouteComponent(loadPage, 'Screen')
  function Page() {
    useLanguage()
    return <Lazy />
  }
  return Object.assign(Page, { preload: async () => Lazy.preload?.() })
}
