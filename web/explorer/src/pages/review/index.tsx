import { Link } from 'react-router'
import { useAddress } from '../../address'
import { Reported } from '../../components/NoReports'
import { Needs } from '../../components/Viewer'
import { useText } from '../../text'
import { Changes } from './Changes'
import { Queue } from './Queue'
import { queueShows, words } from './text'
import './review.css'

export default function ReviewPage() {
  const t = useText(words)
  const { params } = useAddress()
  const changes = params.get('tab') === 'changes'
  return (
    <div className="review">
      <title>{t(changes ? 'changes' : 'title')}</title>
      <h1>{t('title')}</h1>
      <nav className="tabs" aria-label={t('views')}>
        <Link to="/review" aria-current={changes ? undefined : 'page'}>
          {t('queue')}
        </Link>
        <Link to="/review?tab=changes" aria-current={changes ? 'page' : undefined}>
          {t('changes')}
        </Link>
      </nav>
      {changes ? (
        <Changes />
      ) : (
        <Needs least="EDITOR">
          <Reported shows={queueShows}>
            <Queue />
          </Reported>
        </Needs>
      )}
    </div>
  )
}
