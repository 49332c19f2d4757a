// The port to texts on other servers. `#platform/public-fetch.ts` implements it.

/**
 * The text at an address that a person gave, as UTF-8. Addresses inside the own network are refused unless the
 * installation allows them, so that nobody looks at it through us.
 * @throws a refusal that says what is wrong with the address, or why the other server did not answer.
 */
export type FetchText = (
  url: string,
  limits: { readonly mostBytes: number; readonly timeoutMs: number },
) => Promise<string>
