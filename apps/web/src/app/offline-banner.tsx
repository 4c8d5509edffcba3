// Says when the device has no connection, and what still works.
import { WifiOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'

export function OfflineBanner() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  return (
    <div aria-live="polite">
      {!online && (
        <p className="offline-banner">
          <WifiOff aria-hidden="true" size={16} />
          You are offline. What is on the page stays readable; posting waits until you are back.
        </p>
      )}
    </div>
  )
}

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}
