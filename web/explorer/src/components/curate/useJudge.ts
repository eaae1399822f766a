import type { CorrectableFragment, CorrectableNumberFragment } from '../../graphql/graphql'
import { useText } from '../../text'
import { ConfirmDocument, ConfirmNumberDocument, RejectDocument, RejectNumberDocument } from './queries'
import { words } from './text'
import { useCurate } from './useCurate'

/** What people can judge and correct. */
export type Correctable = CorrectableFragment | CorrectableNumberFragment

/** Confirms and rejects a claim or a number. */
export function useJudge(fact: Correctable) {
  const t = useText(words)
  const { curate, failed, busy } = useCurate()
  const { id } = fact
  const isClaim = fact.__typename === 'Claim'
  return {
    failed,
    busy,
    confirm: () =>
      isClaim
        ? curate(ConfirmDocument, { input: { claim: id } }, t('confirmed'))
        : curate(ConfirmNumberDocument, { input: { observation: id } }, t('confirmed')),
    reject: (reason: string | null) =>
      isClaim
        ? curate(RejectDocument, { input: { claim: id, reason } }, t('rejected'))
        : curate(RejectNumberDocument, { input: { observation: id, reason } }, t('rejected')),
  }
}
