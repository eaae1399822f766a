import { vi } from 'vitest'

// What modules ask of a window as soon as they are imported.
vi.stubGlobal('window', { matchMedia: () => ({ matches: false }) })
