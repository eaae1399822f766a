/** Words in both languages. */
export type Words = { zh: string; en: string }

/** An address of the explorer. */
export type Route = {
  /** The pattern, with :name for what differs. The server reads it too. */
  path: string
  /** The folder in src/pages whose index.tsx is shown there. */
  page: string
  /** Its entry in the navigation, in the order of this table. */
  nav?: Words
}

/** Every address. Adding a page is a folder in src/pages and its row here. */
export const routes: Route[] = [
  { path: '/', page: 'search', nav: { zh: '搜索', en: 'Search' } },
  { path: '/search', page: 'search' },
  { path: '/entity/:id', page: 'entity' },
  { path: '/graph', page: 'graph', nav: { zh: '图谱', en: 'Graph' } },
  { path: '/trace', page: 'trace', nav: { zh: '溯源', en: 'Trace' } },
  { path: '/reports', page: 'reports', nav: { zh: '阅读', en: 'Read' } },
  { path: '/report/:key', page: 'report' },
  { path: '/compare', page: 'compare' },
  { path: '/indicators', page: 'indicators', nav: { zh: '指标', en: 'Indicators' } },
  { path: '/timeline', page: 'timeline', nav: { zh: '时间线', en: 'Timeline' } },
  { path: '/tables', page: 'tables', nav: { zh: '表格', en: 'Tables' } },
  { path: '/tables/:what', page: 'tables' },
  { path: '/review', page: 'review', nav: { zh: '审校', en: 'Review' } },
  { path: '/map', page: 'map', nav: { zh: '地图', en: 'Map' } },
  { path: '/load', page: 'load', nav: { zh: '导入', en: 'Load' } },
  { path: '/help', page: 'help', nav: { zh: '帮助', en: 'Help' } },
]
