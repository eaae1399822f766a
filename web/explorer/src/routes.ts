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
  /** What it shows, which is said where there are no reports to show it of. */
  shows?: Words
}

/** Every address. Adding a page is a folder in src/pages and its row here. */
export const routes: Route[] = [
  { path: '/', page: 'search', nav: { zh: '搜索', en: 'Search' } },
  { path: '/search', page: 'search' },
  {
    path: '/entity/:id',
    page: 'entity',
    shows: {
      zh: '这里会列出一个实体的全部：别名、所在地、状态、关系和数据，每条都有原句。',
      en: 'This page tells all about one entity: its names, where it lies, its status, relations and numbers, each with its sentence.',
    },
  },
  {
    path: '/graph',
    page: 'graph',
    nav: { zh: '图谱', en: 'Graph' },
    shows: {
      zh: '这里会把报告里的园区、企业、项目、地方和它们的关系画成图。',
      en: 'This page draws the parks, enterprises, projects and places of reports, and what relates them.',
    },
  },
  {
    path: '/trace',
    page: 'trace',
    nav: { zh: '溯源', en: 'Trace' },
    shows: {
      zh: '这里会从一项计划或项目一步步走到它到达的地方，每一步都有原句。',
      en: 'This page goes step by step from a programme or project to the places it reaches, each step with its sentence.',
    },
  },
  {
    path: '/reports',
    page: 'reports',
    nav: { zh: '阅读', en: 'Read' },
    shows: {
      zh: '这里会列出已导入的全部报告，可以阅读，也可以两两对比。',
      en: 'This page lists all reports that were loaded, to be read or compared.',
    },
  },
  {
    path: '/report/:key',
    page: 'report',
    shows: {
      zh: '这里会显示一份报告的全文，并标出从中读出的名称和事实。',
      en: 'This page shows the text of a report with the names and facts that were read from it.',
    },
  },
  {
    path: '/compare',
    page: 'compare',
    shows: {
      zh: '这里会把两份报告放在一起，列出状态、数字和说法有什么变化。',
      en: 'This page lays two reports side by side and lists how status, numbers and statements changed.',
    },
  },
  {
    path: '/indicators',
    page: 'indicators',
    nav: { zh: '指标', en: 'Indicators' },
    shows: {
      zh: '这里会把各地各年的指标画成图表，并列出对不上的数字。',
      en: 'This page charts indicators over years and places, and lists numbers that do not add up.',
    },
  },
  {
    path: '/timeline',
    page: 'timeline',
    nav: { zh: '时间线', en: 'Timeline' },
    shows: {
      zh: '这里会把承诺过的事与后来报告的说法放在一条时间线上。',
      en: 'This page sets what was promised against what later reports say of it, over the years.',
    },
  },
  {
    path: '/tables',
    page: 'tables',
    nav: { zh: '表格', en: 'Tables' },
    shows: {
      zh: '这里会把全部实体、陈述和数据列成表，可以筛选、排序和下载。',
      en: 'This page lists all entities, claims and numbers as tables, to filter, sort and download.',
    },
  },
  { path: '/tables/:what', page: 'tables' },
  { path: '/review', page: 'review', nav: { zh: '审校', en: 'Review' } },
  {
    path: '/map',
    page: 'map',
    nav: { zh: '地图', en: 'Map' },
    shows: {
      zh: '这里会显示各地有多少实体、陈述和数据，一级一级往下看。',
      en: 'This page shows how many entities, claims and numbers there are where, level by level.',
    },
  },
  { path: '/load', page: 'load', nav: { zh: '导入', en: 'Load' } },
  { path: '/help', page: 'help', nav: { zh: '帮助', en: 'Help' } },
]
