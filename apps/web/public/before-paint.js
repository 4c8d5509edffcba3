// Sets theme, density and privacy on the document before the first paint, so that nothing flashes.
;(() => {
  let kept = {}
  try {
    kept = JSON.parse(localStorage.getItem('fintwin.device') || '{}') || {}
  } catch {
    // An unreadable store only means the defaults.
  }
  const root = document.documentElement
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)').matches
  const dark = kept.theme === 'dark' || (kept.theme !== 'light' && systemIsDark)
  root.dataset.theme = dark ? 'dark' : 'light'
  root.dataset.density = ['compact', 'roomy'].includes(kept.density) ? kept.density : 'regular'
  if (kept.privacy === true) root.dataset.privacy = 'on'
  document.querySelector('meta[name="theme-color"]').content = dark ? '#0e1311' : '#f6f8f5'
})()
