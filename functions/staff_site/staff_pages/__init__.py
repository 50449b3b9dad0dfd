"""The pages of staff: parse, one use case, a page."""
