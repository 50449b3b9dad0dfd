// The components of GOV.UK Frontend (MIT) that need JavaScript and that the pages use.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  SkipLink,
  createAll
} from 'govuk-frontend'

// The template of GOV.UK does this with a script in the page, which our policy forbids.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')

// Words are counted as the server counts them, by the gaps between them: otherwise "long-term" is
// two here and one there, and somebody shortens a text that was short enough.
class Count extends CharacterCount {
  constructor ($root) {
    super($root, { countType: $root.querySelector('textarea')?.dataset.countType ?? 'length' })
  }

  updateCount () {
    if (this.config.countType !== 'words') return super.updateCount()
    this.count = (this.$textarea.value.match(/\S+/g) ?? []).length
  }
}

createAll(Button, { preventDoubleClick: true })
createAll(Count)
createAll(Checkboxes)
createAll(ErrorSummary)
createAll(NotificationBanner)
createAll(Radios)
createAll(SkipLink)
