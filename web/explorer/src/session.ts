const name = 'lantu.key'

/** The key that the reader gave for this session, empty when none. */
export function sessionKey(): string {
  try {
    return sessionStorage.getItem(name) ?? ''
  } catch {
    return ''
  }
}

/** Keeps a key until the window closes, and asks everything anew with it. */
export function changeSessionKey(key: string) {
  sessionStorage.setItem(name, key)
  window.location.reload()
}
