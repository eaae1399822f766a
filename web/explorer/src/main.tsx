import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Provider } from 'urql'
import { App } from './app/App'
import { client } from './query'
import { startSettings } from './settings'
import { startKindColours } from './vocabulary'
import './styles.css'

startSettings()
startKindColours()
const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')
createRoot(root).render(
  <StrictMode>
    <Provider value={client}>
      <App />
    </Provider>
  </StrictMode>,
)
