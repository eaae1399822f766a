const name = 'lantu.tour'

/** The parameter of the address that names the step of the tour. */
export const tourParameter = 'tour'

/** The address at which a step of the tour is shown. */
export function tourAddress(path = '/', step = 1): string {
  return `${path}?${new URLSearchParams({ [tourParameter]: String(step) })}`
}

/** Whether the reader took the tour, or did not want to. */
export function tourEnded(): boolean {
  try {
    return localStorage.getItem(name) === 'ended'
  } catch {
    // Who keeps nothing would be asked each time.
    return true
  }
}

/** Never offers the tour again; help still starts it. */
export function endTour() {
  try {
    localStorage.setItem(name, 'ended')
  } catch {
    // Nothing is remembered where storage is shut off.
  }
}
