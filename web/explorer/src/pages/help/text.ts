import type { Kind, Relation } from '../../graphql/graphql'
import type { Words } from '../../routes'
import { text } from '../../text'

export const words = text({
  zh: {
    title: '帮助',
    contents: '目录',
    intro:
      '蓝图读政府工作报告，把谁落户在哪里、哪项计划到达哪条街道、承诺了什么、测到了什么，连成一张图；每条事实都能打开原句。',
    tour: '导览',
    tourHelp: '五步看完最常用的功能，随时可按 Esc 结束。',
    start: '开始导览',
    views: '各个视图',
    confidence: '可信度与规则',
    confidence1:
      '可信度由读者标注过的报告学来：标 90% 的事实，十条里约有九条是对的。它说的是“读对了没有”，不是“报告说得对不对”。',
    confidence2:
      '规则是读出这条事实的方法，如 settle.verb-before：名称写在出处里。同一条规则错了一处，别处也可能错，可在审校里按关系筛选一并查看。',
    confidence3:
      '标着“目标”的，是报告说要做的事；没有标的，是报告说已经如此的事。标着“数字不合”的，是同一句里的数字算不拢。',
    quote: '怎样引用',
    quote1: '打开“出处”，点“复制引文”，得到原句、报告名、日期和行号。',
    quote2: '浏览器的地址就是这一页的样子，连同打开的出处；发给别人，看到的一样。',
    quote3: '在溯源里可以得到附编号出处的文稿；在表格里可以下载 CSV，每行都带引文和链接。',
    keys: '快捷键',
    everywhere: '任何页面',
    slash: '到搜索框',
    escape: '关闭出处、菜单或导览',
    tab: '移到下一个可操作处；第一次按可跳到正文',
    arrows: '在建议和菜单中上下移动，Enter 选定',
    inReview: '审校',
    y: '确认',
    n: '否定',
    e: '更正',
    jk: '下一条、上一条',
    leave: '关闭否定或更正的表单',
    glossary: '词汇',
    kinds: '类别',
    relations: '关系',
    statuses: '状态',
    reads: '反过来读作“{name}”',
    api: '给开发者',
    api1: '这里看到的一切都来自 GraphQL 接口，程序也可以问同样的问题。',
    graphiql: '打开 GraphiQL 试着提问',
    licences: '许可',
    licences1: '蓝图以 Apache-2.0 许可发布；其中他人的程序及其许可全文：',
    licencesHere: '本应用',
    api2: '脚本可以用命令行：',
  },
  en: {
    title: 'Help',
    contents: 'Contents',
    intro:
      'Lantu reads government reports and connects who settled where, which programme reaches which street, what was promised and measured; every fact opens its sentence.',
    tour: 'Tour',
    tourHelp: 'What is used most, in five steps. Esc ends it at any time.',
    start: 'Start the tour',
    views: 'The views',
    confidence: 'Confidence and rules',
    confidence1:
      'Confidence is learned from reports that readers annotated: of facts at 90%, about nine in ten are right. It tells whether the report was read rightly, not whether the report is right.',
    confidence2:
      'A rule is how a fact was found, such as settle.verb-before; its name stands with the source. Where a rule fails once it may fail elsewhere: narrow the review by relation to see.',
    confidence3:
      'What is marked “aim” the report says shall be done; what is not marked, it says is so. “Does not add up” marks numbers of one sentence that do not go together.',
    quote: 'How to quote',
    quote1: 'Open a source and copy the quotation: the sentence with the report, its date and line.',
    quote2: 'The address in the browser is what you see, the open source too; whoever gets it sees the same.',
    quote3: 'Trace gives a memo with numbered sources, tables give CSV with the quote and a link in each row.',
    keys: 'Keys',
    everywhere: 'Everywhere',
    slash: 'to the search box',
    escape: 'closes the source, a menu or the tour',
    tab: 'goes on; the first one skips to the content',
    arrows: 'move in suggestions and menus, Enter chooses',
    inReview: 'Review',
    y: 'confirms',
    n: 'rejects',
    e: 'corrects',
    jk: 'next and previous',
    leave: 'closes the form of rejecting or correcting',
    glossary: 'Glossary',
    kinds: 'Kinds',
    relations: 'Relations',
    statuses: 'Statuses',
    reads: 'the other way round “{name}”',
    api: 'For developers',
    api1: 'All that is shown here comes from a GraphQL API, of which programs can ask the same.',
    graphiql: 'Open GraphiQL and ask',
    licences: 'Licences',
    licences1: 'Lantu is published under Apache-2.0; the work of others in it, with the texts of their licences:',
    licencesHere: 'this application',
    api2: 'Scripts can use the command line:',
  },
})

/** What each page of the navigation is for. */
export const views: Record<string, Words> = {
  search: {
    zh: '按名称、拼音、首字母或原文查找；实体页汇总它的一切。',
    en: 'Finds by name, pinyin, initials or text; the page of an entity gathers all of it.',
  },
  reports: {
    zh: '读报告全文，读到的内容都已标出；两份可并排比较。',
    en: 'The whole report with what was found marked in it; two can be laid side by side.',
  },
  tables: {
    zh: '把全部内容列成表，可筛选、排序、选列，下载 CSV。',
    en: 'Everything in tables: filter, order, choose columns, take away as CSV.',
  },
  indicators: { zh: '按时期和地区看数字，成表成图。', en: 'Numbers by period and region, as tables and charts.' },
  timeline: {
    zh: '计划与完成对照，看承诺后来怎样了。',
    en: 'What was planned beside what was done, and what came of promises.',
  },
  graph: {
    zh: '从一个实体出发，逐步展开关系，找两者之间的路径。',
    en: 'From one entity, expand its relations step by step, and find ways between two.',
  },
  map: { zh: '按地方看有什么、有多少。', en: 'What there is by place, and how much.' },
  trace: {
    zh: '从一项计划到它所及的街道，或从一个地方回溯。',
    en: 'From an initiative to the streets it reaches, and back from a place.',
  },
  review: {
    zh: '对照原句审校拿不准的陈述和数据，看修改记录并撤销（编辑）。',
    en: 'Judge unsure claims by their sentence; see and undo changes (editors).',
  },
  load: {
    zh: '导入新的报告，看读到了什么（管理员）。',
    en: 'Load new reports and see what was found (administrators).',
  },
}

export const kindMeanings: Record<Kind, Words> = {
  PARK: { zh: '有名称、供企业或机构入驻的园区', en: 'a named place that houses enterprises or institutions' },
  ENTERPRISE: { zh: '有名称的公司、银行或商业品牌', en: 'a named company, bank or commercial brand' },
  PROGRAM: { zh: '有名称的政策、规划、行动、改革或机制', en: 'a named policy, plan, campaign, reform or mechanism' },
  PROJECT: { zh: '正在或将要建设、改造、投资的具体项目', en: 'a named thing being built, renewed or invested in' },
  PLACE: {
    zh: '行政区、街乡、村、道路、河湖或片区',
    en: 'a region, district, street, village, road, river or named area',
  },
  ORGANIZATION: { zh: '企业以外的机构、部门或团体', en: 'a named body that is no company' },
  FACILITY: {
    zh: '有名称的建筑、场馆、车站、实验室或平台',
    en: 'a named building, venue, station, laboratory or platform',
  },
  EVENT: { zh: '有名称的论坛、展会、节庆、赛事或会议', en: 'a named forum, fair, festival, match or conference' },
  INDUSTRY: { zh: '产业、行业或技术领域', en: 'an industry, sector or field of technology' },
  PERSON: { zh: '有姓名的人物', en: 'a named person' },
}

export const relationMeanings: Record<Relation, Words> = {
  SETTLED_IN: {
    zh: '企业或机构落户园区、地方或设施',
    en: 'an enterprise or body settled in a park, place or facility',
  },
  LOCATED_IN: { zh: '在那里、建在或办在那里', en: 'stands, is built or is held there' },
  PART_OF: { zh: '是其一部分、一期或成员', en: 'is a part, phase or member of it' },
  COVERS: { zh: '计划在那里实施或试点', en: 'the programme is carried out or piloted there' },
  TARGETS: { zh: '所服务的产业或领域', en: 'the industry or field it serves' },
  COOPERATES_WITH: { zh: '合作、签约或共建', en: 'cooperates, signs or builds together with' },
  RESPONSIBLE_FOR: { zh: '建设、运营、发布、主办或牵头', en: 'builds, runs, issues, hosts or leads' },
  SUPPORTS: { zh: '支持或服务于某一方', en: 'supports or serves a named party' },
  RECOGNIZED_AS: { zh: '获得称号、入选或认定', en: 'was awarded, selected or recognised as' },
  HAS_STATUS: { zh: '处在由规划到启用的哪一步', en: 'stands at a step from plan to operation' },
  RANKED: { zh: '同类第一或名列第几', en: 'is the first of its sort or stands at a rank' },
}
