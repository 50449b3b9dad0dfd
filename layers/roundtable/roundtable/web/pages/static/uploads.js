// Uploads on the page of a document: files go straight to the bucket, with progress, and can be
// cancelled and tried again. Without this script, the page's plain form does the same.

const FORM_LASTS = 9 * 60 * 1000
const PATIENCE = 3 * 60 * 1000
const WAITS = [700, 1000, 1500, 2000, 3000, 4000, 5000]

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))
const megabytes = bytes => Math.max(bytes / 1e6, 0.1).toFixed(bytes < 1e7 ? 1 : 0)

// Ask how far a document has come until it is settled; `tell` hears each answer.
async function follow (address, tell) {
  const began = Date.now()
  for (let asked = 0; Date.now() - began < PATIENCE; asked++) {
    await pause(WAITS[Math.min(asked, WAITS.length - 1)])
    try {
      const answer = await fetch(address, { headers: { accept: 'application/json' } })
      if (!answer.ok) continue
      const told = await answer.json()
      tell(told)
      if (told.settled) return true
    } catch { /* the connection may come back */ }
  }
  return false
}

class Desk {
  constructor (form) {
    const { slots, path, types, mostBytes, places, words } = form.dataset
    Object.assign(this, { form, slots, path, mostBytes: Number(mostBytes), places: Number(places) })
    this.types = JSON.parse(types)
    this.words = JSON.parse(words)
    this.drop = form.querySelector('[data-drop]')
    this.input = this.drop.querySelector('input[type=file]')
    this.problem = form.querySelector('[data-problem]')
    this.list = form.parentElement.querySelector('[data-list]')
    this.status = form.parentElement.querySelector('[data-said]')
    this.rows = new Set()
    this.arrived = ''
  }

  open () {
    this.form.querySelector('[data-plain]').hidden = true
    this.drop.hidden = false
    this.form.addEventListener('submit', event => event.preventDefault())
    this.input.addEventListener('change', () => this.take(this.input.files))
    this.drop.addEventListener('dragover', event => {
      event.preventDefault()
      this.drop.dataset.over = ''
    })
    this.drop.addEventListener('dragleave', () => delete this.drop.dataset.over)
    this.drop.addEventListener('drop', event => {
      event.preventDefault()
      delete this.drop.dataset.over
      this.take(event.dataTransfer.files)
    })
    addEventListener('beforeunload', event => {
      if ([...this.rows].some(row => row.sending)) event.preventDefault()
    })
  }

  // The number of the document that the next file takes the place of, or an empty text.
  get replaces () {
    const chosen = this.form.querySelector('[name="/replaces"]:checked, [name="/replaces"][type=hidden]')
    return chosen && chosen.value !== 'more' ? chosen.value : ''
  }

  get room () {
    return this.replaces ? 1 : Math.max(this.places, 1)
  }

  take (files) {
    const chosen = [...files]
    this.input.value = ''
    if (!chosen.length) return
    const wrong = chosen.length + this.rows.size > this.room
      ? this.words.too_many
      : chosen.map(file => this.wrongWith(file)).find(Boolean)
    this.complain(wrong ?? '')
    if (wrong) return
    for (const file of chosen) new Row(this, file, this.typeOf(file), this.replaces).begin()
  }

  typeOf (file) {
    const ending = file.name.split('.').pop().toLowerCase()
    return this.types[ending] ?? (Object.values(this.types).includes(file.type) ? file.type : '')
  }

  wrongWith (file) {
    if (!this.typeOf(file)) return this.words.wrong_type
    if (!file.size) return this.words.empty
    return file.size > this.mostBytes ? this.words.too_large : ''
  }

  complain (words) {
    this.problem.hidden = !words
    this.problem.textContent = words
    this.input.toggleAttribute('aria-invalid', Boolean(words))
  }

  say (words) {
    this.status.textContent = words
  }

  add (row) {
    this.rows.add(row)
    this.list.hidden = false
    this.list.append(row.element)
    this.drop.hidden = this.rows.size >= this.room
  }

  leave (row) {
    this.rows.delete(row)
    row.element.remove()
    this.list.hidden = !this.rows.size
    this.drop.hidden = false
    this.input.focus()
  }

  // When nothing is on its way any more, the page shows what was found.
  finish (row, number) {
    row.settled = true
    this.arrived = number
    if ([...this.rows].every(each => each.settled)) location.assign(`${this.path}?done=${number}`)
  }
}

class Row {
  constructor (desk, file, type, replaces) {
    Object.assign(this, { desk, file, type, replaces, sending: false, settled: false })
    this.element = document.createElement('li')
    this.element.className = 'rt-upload'
    this.name = this.part('p', 'rt-upload__name')
    const bdi = document.createElement('bdi')
    bdi.textContent = file.name
    this.name.append(bdi)
    this.bar = this.part('progress', '')
    this.bar.max = 100
    this.bar.setAttribute('aria-label', desk.words.uploading.replace('{name}', file.name))
    this.words = this.part('p', 'rt-upload__words')
    this.actions = this.part('div', 'rt-upload__actions')
    this.cancel = this.button(desk.words.cancel, () => this.stop())
    this.again = this.button(desk.words.again, () => this.retry())
    this.again.hidden = true
  }

  part (tag, name) {
    const made = document.createElement(tag)
    made.className = name
    this.element.append(made)
    return made
  }

  button (text, act) {
    const made = document.createElement('button')
    made.type = 'button'
    made.className = 'govuk-button govuk-button--secondary'
    made.textContent = text
    made.addEventListener('click', act)
    this.actions.append(made)
    return made
  }

  tell (words, aloud = true) {
    if (this.words.textContent === words) return
    this.words.textContent = words
    if (aloud) this.desk.say(words)
  }

  async begin () {
    this.desk.add(this)
    this.tell(this.desk.words.starting)
    this.again.hidden = true
    this.stopped = false
    try {
      if (!this.slot || Date.now() > this.slot.until) await this.askForSlot()
    } catch {
      this.failed(this.desk.words.broken)
      return
    }
    if (this.slot && !this.stopped) this.send()
  }

  async askForSlot () {
    this.slot = null
    const asked = new URLSearchParams({
      csrf: this.desk.form.elements.csrf.value,
      '/file_name': this.file.name,
      '/content_type': this.type,
      '/size': this.file.size,
      '/replaces': this.replaces
    })
    const answer = await fetch(this.desk.slots, {
      method: 'POST', body: asked, headers: { accept: 'application/json' }
    })
    const json = answer.headers.get('content-type')?.startsWith('application/json')
    const told = json ? await answer.json() : {}
    if (answer.ok && told.url) this.slot = { ...told, until: Date.now() + FORM_LASTS }
    else this.hopeless(told.problem ?? '')
  }

  send () {
    const form = new FormData()
    for (const [name, value] of Object.entries(this.slot.fields)) form.append(name, value)
    form.append('file', this.file)
    const request = this.request = new XMLHttpRequest()
    request.upload.addEventListener('progress', event => this.progressed(event))
    request.addEventListener('load', () => this.answered(request.status))
    request.addEventListener('error', () => this.failed(this.desk.words.broken))
    request.addEventListener('timeout', () => this.failed(this.desk.words.broken))
    request.open('POST', this.slot.url)
    this.sending = true
    request.send(form)
  }

  progressed (event) {
    const percent = event.lengthComputable ? Math.floor(100 * event.loaded / event.total) : 0
    this.bar.value = percent
    const words = this.desk.words.sending
      .replace('{percent}', percent).replace('{size}', megabytes(this.file.size))
    // Said aloud at each quarter: a reader who hears every percent hears nothing else.
    const quarter = Math.floor(percent / 25)
    this.tell(words, quarter !== this.quarter)
    this.quarter = quarter
  }

  answered (status) {
    if (status >= 200 && status < 300) {
      this.wait()
      return
    }
    this.slot = null
    this.failed(this.desk.words.refused)
  }

  // The file is stored: from here on it is ours to take care of.
  async wait () {
    this.sending = false
    this.bar.value = 100
    this.cancel.hidden = this.again.hidden = true
    this.tell(this.desk.words.arrived)
    const { number } = this.slot
    const settled = await follow(
      `${this.desk.path}/${number}/progress`, told => this.tell(told.words)
    )
    if (!settled) this.tell(this.desk.words.slow)
    this.desk.finish(this, number)
  }

  failed (words) {
    this.sending = false
    this.bar.value = 0
    this.tell(words)
    this.again.hidden = false
    this.again.focus()
  }

  // The connection may have broken after the last byte: then the file is there already.
  async retry () {
    if (this.slot && await this.isThere()) this.wait()
    else this.begin()
  }

  async isThere () {
    try {
      const answer = await fetch(`${this.desk.path}/${this.slot.number}/progress`)
      return answer.ok && (await answer.json()).progress !== 'awaited'
    } catch {
      return false
    }
  }

  hopeless (words) {
    this.desk.leave(this)
    this.desk.complain(words || this.desk.words.unready)
  }

  stop () {
    this.stopped = true
    this.sending = false
    this.request?.abort()
    this.desk.leave(this)
    this.desk.say(this.desk.words.cancelled)
  }
}

for (const form of document.querySelectorAll('[data-uploads]')) new Desk(form).open()

// What was on its way when the page was loaded: the page is loaded again when it is settled.
for (const card of document.querySelectorAll('[data-progress]')) {
  const words = card.querySelector('[data-words]')
  const tell = told => { if (words.textContent !== told.words) words.textContent = told.words }
  follow(card.dataset.progress, tell).then(settled => {
    if (settled && !document.querySelector('.rt-upload')) location.reload()
  })
}
