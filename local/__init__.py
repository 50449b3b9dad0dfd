"""Roundtable on one machine: an embedded AWS, and the way onto it.

Read in this order: `emulator` (the process), `account` (clients for it), `layers` and
`package` (what is uploaded), `deploy` (the stack), `users`, `mailbox`, `visitor` (people), `cloud`
(all of it together) and `run` (`make run`). Nothing here is shipped.
"""
