"""Why a document cannot be read."""


class UnreadableError(Exception):
    """A document that cannot be read; its words are for the applicant."""
