import type { CommitmentState, Status } from '../../graphql/graphql'
import type { Words } from '../../routes'

/** How a promise stands, in the order of the filter. */
export const states: Record<CommitmentState, Words> = {
  FULFILLED: { zh: '已实现', en: 'fulfilled' },
  UNDER_WAY: { zh: '推进中', en: 'under way' },
  MISSED: { zh: '未达目标', en: 'missed' },
  RENEWED: { zh: '再次承诺', en: 'promised again' },
  UNMENTIONED: { zh: '后续报告未提及', en: 'not mentioned since' },
  OPEN: { zh: '尚无后续报告', en: 'no later report yet' },
}

/** Steps of the status ladder that are aimed at. */
export const aims: Record<Exclude<Status, 'PLANNED'>, Words> = {
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
