"""Makes the pages' `static/govuk.css` and `static/govuk.js` of GOV.UK Frontend (MIT).

`python -m local.govuk` after a change of a version in `package.json` or of a component in
`govuk.scss` or `govuk.mjs`. It needs Node.js (npx); nothing else of the project does, as what it
makes is kept. `package-lock.json` pins all packages by their hashes.
"""
