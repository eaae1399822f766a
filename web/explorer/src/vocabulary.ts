import type {
  ChangeKind,
  DerivationRule,
  Hedge,
  JobState,
  Kind,
  Modality,
  ObservationType,
  PlaceLevel,
  Relation,
  Role,
  SearchMatch,
  SectionMood,
  Status,
} from './graphql/graphql'
import type { Words } from './routes'
import type { Theme } from './settings'
import { relationEnds as ends, inverseNames, kindNames, relationNames, statusNames } from './vocabulary.generated'

// Names that the schema gives, checked against its enums.
export const kinds: Record<Kind, Words> = kindNames
export const relations: Record<Relation, Words> = relationNames
/** Relations as read from the object. */
export const inverses: Record<Relation, Words> = inverseNames
/** What may stand at the ends of relations: kinds, and at the other end an entity, words or a step. */
export const relationEnds: Record<
  Relation,
  { end: 'object' | 'value' | 'status'; subjects: readonly Kind[]; objects: readonly Kind[] }
> = ends
export const statuses: Record<Status, Words> = statusNames

/** Steps of the status ladder that are aimed at. */
const aims: Record<Exclude<Status, 'PLANNED'>, Words> = {
  APPROVED: { zh: '拟报批', en: 'to be approved' },
  SIGNED: { zh: '拟签约', en: 'to be signed' },
  STARTED: { zh: '拟启动', en: 'to be started' },
  UNDER_CONSTRUCTION: { zh: '拟建设', en: 'to be built' },
  COMPLETED: { zh: '拟完工', en: 'to be completed' },
  OPENED: { zh: '拟启用', en: 'to be opened' },
  TRIAL: { zh: '拟试点', en: 'to be piloted' },
  ISSUED: { zh: '拟发布', en: 'to be issued' },
  HELD: { zh: '拟举办', en: 'to be held' },
  LISTED: { zh: '拟上市', en: 'to be listed' },
}

/** A programme is not built: one that is pushed on or carried out is in force, and to be so where that is aimed at. */
const inForce: Record<Modality, Words> = {
  FACT: { zh: '实施', en: 'in force' },
  AIM: { zh: '拟实施', en: 'to be carried out' },
}

/** A step of the status ladder that something of a kind stands at, or shall reach. */
export function stepOf(status: Status, kind: Kind | null | undefined, modality: Modality = 'FACT'): Words {
  if (kind === 'PROGRAM' && status === 'STARTED') return inForce[modality]
  return modality === 'AIM' && status !== 'PLANNED' ? aims[status] : statuses[status]
}

/** The colour of each kind, for text on the page's ground: at least 4.5 : 1 in both themes. */
export const kindColours: Record<Kind, Record<Theme, string>> = {
  PARK: { light: '#1f6f43', dark: '#6fcf97' },
  ENTERPRISE: { light: '#1d4f91', dark: '#8ab8f2' },
  PROGRAM: { light: '#7a3e9d', dark: '#cf9df0' },
  PROJECT: { light: '#a3470e', dark: '#f2a66b' },
  PLACE: { light: '#7d5a00', dark: '#e3c15a' },
  ORGANIZATION: { light: '#4a5568', dark: '#b5c0cf' },
  FACILITY: { light: '#0e6a75', dark: '#66ccd8' },
  EVENT: { light: '#a52460', dark: '#f193bf' },
  INDUSTRY: { light: '#4b6300', dark: '#b6d053' },
  PERSON: { light: '#9c2f2f', dark: '#f09a93' },
}

/** Lets styles use the colours of kinds: var(--kind-PARK). */
export function startKindColours() {
  for (const [kind, { light, dark }] of Object.entries(kindColours))
    document.documentElement.style.setProperty(`--kind-${kind}`, `light-dark(${light}, ${dark})`)
}

export const levels: Record<PlaceLevel, Words> = {
  COUNTRY: { zh: '国家', en: 'country' },
  REGION: { zh: '区域', en: 'region' },
  PROVINCE: { zh: '省级', en: 'province' },
  CITY: { zh: '地级', en: 'city' },
  DISTRICT: { zh: '县级', en: 'district' },
  STREET: { zh: '乡级', en: 'street or township' },
  VILLAGE: { zh: '村级', en: 'village or community' },
  ROAD: { zh: '道路', en: 'road' },
  WATER: { zh: '水系', en: 'water' },
  AREA: { zh: '片区', en: 'area' },
}

export const modalities: Record<Modality, Words> = {
  FACT: { zh: '已述', en: 'stated' },
  AIM: { zh: '目标', en: 'aim' },
}

export const moods: Record<SectionMood, Words> = {
  REVIEW: { zh: '回顾', en: 'review' },
  PLAN: { zh: '安排', en: 'plan' },
}

export const observationTypes: Record<ObservationType, Words> = {
  LEVEL: { zh: '总量', en: 'level' },
  CHANGE: { zh: '增减', en: 'change' },
  SHARE: { zh: '占比', en: 'share' },
  RANK: { zh: '位次', en: 'rank' },
}

/** What stands before a number that is not exact. */
export const hedges: Record<Hedge, Words> = {
  EXACT: { zh: '', en: '' },
  ABOUT: { zh: '约', en: 'about ' },
  NEARLY: { zh: '近', en: 'nearly ' },
  OVER: { zh: '超', en: 'over ' },
  AT_MOST: { zh: '不超过', en: 'at most ' },
  AT_LEAST: { zh: '不低于', en: 'at least ' },
}

/** What stands before a number that is the average of a year over several. */
export const annualAverage: Words = { zh: '年均', en: 'annual average' }

export const derivationRules: Record<DerivationRule, Words> = {
  PLACE_ABOVE: { zh: '在某地，即在其上级地区', en: 'what is in a place is in those above it' },
  THROUGH_SITE: { zh: '在园区或设施内，即在其所在地', en: 'what is in a park or facility is where that is' },
  PART_OF_PART: { zh: '部分的部分，属于整体', en: 'a part of a part is a part of the whole' },
  BROADER_INDUSTRY: { zh: '面向细分产业，即面向上位产业', en: 'what serves an industry serves the broader ones' },
}

export const matches: Record<SearchMatch, Words> = {
  NAME: { zh: '名称', en: 'name' },
  ALIAS: { zh: '别名', en: 'alias' },
  NAME_PREFIX: { zh: '名称开头', en: 'start of name' },
  ALIAS_PREFIX: { zh: '别名开头', en: 'start of alias' },
  NAME_PART: { zh: '名称包含', en: 'part of name' },
  ALIAS_PART: { zh: '别名包含', en: 'part of alias' },
  SOUND: { zh: '拼音', en: 'pinyin' },
  TYPO: { zh: '近似', en: 'near spelling' },
  TEXT: { zh: '原文', en: 'text' },
}

export const roles: Record<Role, Words> = {
  READER: { zh: '读者', en: 'reader' },
  EDITOR: { zh: '编辑', en: 'editor' },
  ADMIN: { zh: '管理员', en: 'administrator' },
}

export const changeKinds: Record<ChangeKind, Words> = {
  CONFIRM_CLAIM: { zh: '确认陈述', en: 'confirmed a claim' },
  REJECT_CLAIM: { zh: '否定陈述', en: 'rejected a claim' },
  CORRECT_CLAIM: { zh: '更正陈述', en: 'corrected a claim' },
  ADD_CLAIM: { zh: '补充陈述', en: 'added a claim' },
  CONFIRM_OBSERVATION: { zh: '确认数据', en: 'confirmed a number' },
  REJECT_OBSERVATION: { zh: '否定数据', en: 'rejected a number' },
  CORRECT_OBSERVATION: { zh: '更正数据', en: 'corrected a number' },
  ADD_ALIAS: { zh: '加别名', en: 'added an alias' },
  MERGE_ENTITIES: { zh: '合并实体', en: 'merged entities' },
  SPLIT_ENTITY: { zh: '拆分实体', en: 'split an entity' },
  LOAD_REPORT: { zh: '导入报告', en: 'loaded a report' },
  REMOVE_REPORT: { zh: '移除报告', en: 'removed a report' },
  UNDO: { zh: '撤销', en: 'undid a change' },
}

export const jobStates: Record<JobState, Words> = {
  QUEUED: { zh: '排队中', en: 'waiting' },
  RUNNING: { zh: '读取中', en: 'reading' },
  DONE: { zh: '完成', en: 'done' },
  FAILED: { zh: '失败', en: 'failed' },
  CANCELLED: { zh: '已取消', en: 'cancelled' },
}
