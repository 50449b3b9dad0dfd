// Keeps the draft of a review while it is written. Without it, "Save draft" does the same.
const PAUSE = 3000
const AGAIN = 20000

const form = document.querySelector('form[data-autosave]')
const saved = form?.querySelector('[data-saved]')
const trouble = form?.querySelector('[data-unsaved]')
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: 'numeric', minute: '2-digit' })

let kept = form && written()
let timer
let running

function written () {
  return new URLSearchParams(new FormData(form)).toString()
}

function later (pause) {
  clearTimeout(timer)
  timer = setTimeout(save, pause)
}

function tell (words) {
  if (trouble.textContent !== words) trouble.textContent = words
}

async function save (leaving = false) {
  clearTimeout(timer)
  const now = written()
  if (now === kept || running) return
  running = new AbortController()
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: 'POST', body: new URLSearchParams(now), keepalive: leaving, signal: running.signal
    })
    if (answer.ok) {
      kept = now
      saved.textContent = saved.dataset.saved.replace('{}', clock.format(new Date()))
      tell('')
    } else if (answer.status === 401) {
      tell(trouble.dataset.signedOut)
    } else if (answer.status < 500) {
      tell(trouble.dataset.refused)
    } else {
      throw new Error(answer.statusText)
    }
    if (written() !== now) later(PAUSE)
  } catch (error) {
    if (error.name === 'AbortError') return
    tell(trouble.dataset.unsaved)
    later(AGAIN)
  } finally {
    running = undefined
  }
}

if (form) {
  form.addEventListener('input', () => later(PAUSE))
  form.addEventListener('submit', () => { clearTimeout(timer); running?.abort() })
  document.addEventListener('visibilitychange', () => { if (document.hidden) save(true) })
}
