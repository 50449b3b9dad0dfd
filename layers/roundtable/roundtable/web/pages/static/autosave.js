// Saves a page of the form while it is typed. The buttons do the same without it.
const form = document.querySelector('form[data-autosave]')
const told = form?.querySelector('[data-saved]')
const AFTER_TYPING = 2000
const BETWEEN_TRIES = 8000
const WAIT_AT_MOST = 4000
const MOST_IN_PASSING = 60000
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: 'numeric', minute: '2-digit' })

let timer = 0
let underway = null
let saved = ''
let stopped = false
let waiting = false
let leaving = false
let offline = false

const body = () => new URLSearchParams(new FormData(form))
const typed = () => {
  const fields = body()
  fields.delete('csrf')
  fields.delete('revision')
  return fields.toString()
}
const say = (which) => {
  const words = told.dataset[which].replace('{}', clock.format(new Date()))
  if (told.textContent !== words) told.textContent = words
}
const later = (wait) => {
  clearTimeout(timer)
  if (!stopped && !leaving) timer = setTimeout(save, wait)
}

function save () {
  clearTimeout(timer)
  if (stopped || underway || typed() === saved) return
  underway = send().finally(() => { underway = null })
}

async function send () {
  const sent = body()
  const content = typed()
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: 'POST', body: sent, redirect: 'error', keepalive: sent.toString().length < MOST_IN_PASSING
    })
    if (answer.status >= 500) throw new Error('busy')
    offline = false
    const isTold = answer.ok && answer.headers.get('content-type')?.includes('json')
    const { outcome, revision } = isTold ? await answer.json() : { outcome: 'refused' }
    if (revision) form.elements.revision.value = revision
    stopped = outcome === 'changed' || outcome === 'refused'
    saved = content
    say(outcome)
    if (typed() !== saved) later(AFTER_TYPING)
  } catch {
    offline = true
    say('offline')
    later(BETWEEN_TRIES)
  }
}

// A button waits for what is underway, so that the page is not taken for one of another tab; and
// without a connection the page stays, as what is typed in it would be lost.
async function leave (button) {
  waiting = true
  const enough = new Promise((resolve) => setTimeout(resolve, WAIT_AT_MOST))
  await Promise.race([underway ?? send(), enough])
  waiting = false
  if (offline) return later(BETWEEN_TRIES)
  leaving = true
  form.requestSubmit(button)
}

if (form && told) {
  saved = typed()
  form.addEventListener('input', () => later(AFTER_TYPING))
  form.addEventListener('change', () => later(AFTER_TYPING))
  addEventListener('online', save)
  document.addEventListener('visibilitychange', () => { if (document.hidden) save() })
  form.addEventListener('submit', (event) => {
    clearTimeout(timer)
    if (waiting || (!leaving && (underway || offline))) event.preventDefault()
    else leaving = true
    if (!waiting && !leaving) leave(event.submitter)
  })
  // Kept in memory by the Back button, the page may be older than what was saved since.
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload() })
}
