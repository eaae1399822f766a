import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parameters, readAddress } from './parameters'
import { routes } from './routes'

const read = (address: string) => {
  const { pathname, searchParams } = new URL(address, 'http://lantu')
  const { params, unusable } = readAddress(pathname, searchParams)
  return [params.toString(), unusable.map(({ name, known }) => (known ? name : `${name}?`)).join(' ')]
}

test('what an address says is parted into what can be used and what cannot', () => {
  for (const [address, used, unusable] of [
    ['/tables?kind=NOPE&status=OPENED', 'status=OPENED', 'kind?'],
    [
      '/tables/claims?relation=SETTLED_IN&relation=NOPE&confidence=0.9',
      'relation=SETTLED_IN&confidence=0.9',
      'relation',
    ],
    ['/tables/reports?confidence=0.9', '', 'confidence?'],
    ['/tables/places?level=CITY&from=2024&to=soon', 'level=CITY&from=2024', 'to'],
    ['/tables/parks?level=CITY&confidence=2', '', 'level? confidence'],
    ['/search?q=x&kind=PARK&kind=toString', 'q=x&kind=PARK', 'kind'],
    ['/graph?root=a.b&open=a_s.b_*_40&pin=a_1_-2', 'root=a.b&open=a_s.b_*_40&pin=a_1_-2', ''],
    ['/graph?root=a&open=a_!&pin=a_x_1&off=k9&size=huge&path=a', 'root=a', 'open pin off size path'],
    ['/entity/a?group=SETTLED_IN_OUT&group-after=x', 'group=SETTLED_IN_OUT&group-after=x', ''],
    ['/entity/a?group=NOPE', '', 'group'],
    ['/report/a.txt?passage=p&start=-1&end=3&hide=PARK,NOPE', 'passage=p&end=3', 'start hide'],
    ['/compare?before=a&after=b&tab=nope&page-after=c', 'before=a&after=b&page-after=c', 'tab'],
    ['/help?fact=f&tour=2&utm=x', 'fact=f&tour=2', 'utm?'],
    ['/trace?from=&direction=UP', 'from=', 'direction'],
    ['/nowhere?x=1', 'x=1', ''],
  ] as const)
    expect(read(address), address).toEqual([new URLSearchParams(used).toString(), unusable])
})

test('every page tells its parameters, and reads no other', () => {
  for (const page of new Set(routes.map((route) => route.page))) {
    const own = parameters[page]
    expect(own, page).toBeDefined()
    const known = Object.keys(typeof own === 'function' ? {} : (own ?? {}))
    if (typeof own === 'function')
      for (const what of ['entities', 'places', 'claims', 'observations', 'reports'])
        known.push(...Object.keys(own(what)))
    const folder = new URL(`pages/${page}/`, import.meta.url)
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.tsx'))) {
      const source = readFileSync(new URL(file, folder), 'utf8')
      for (const [, name = ''] of source.matchAll(/params\.(?:get|getAll|has)\('([^']+)'\)/g))
        if (!['fact', 'after', 'before'].includes(name)) expect(known, `${page}/${file}`).toContain(name)
    }
  }
})
