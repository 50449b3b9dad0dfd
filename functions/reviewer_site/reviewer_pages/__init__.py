"""The pages of reviewers: parse, one use case, a page."""
