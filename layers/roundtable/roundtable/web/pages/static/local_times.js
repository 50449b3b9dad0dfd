// Adds the visitor's own time to each instant whose wall clock differs from theirs.
const language = document.documentElement.lang
const words = document.body.dataset.yourTime
const here = new Intl.DateTimeFormat(language, {
  weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short'
})

for (const time of document.querySelectorAll('time[data-local-time]')) {
  const written = time.getAttribute('datetime')
  const at = new Date(written)
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(written) ?? []
  const minutesAhead = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  if (!words || Number.isNaN(minutesAhead) || -at.getTimezoneOffset() === minutesAhead) continue
  const yours = document.createElement('span')
  yours.className = 'rt-your-time'
  yours.textContent = ` (${words.replace('{}', here.format(at))})`
  time.after(yours)
}
