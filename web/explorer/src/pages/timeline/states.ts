import type { CommitmentState } from '../../graphql/graphql'
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
