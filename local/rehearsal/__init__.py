"""What a rehearsal of a round needs that a real round brings along: files of applicants."""
