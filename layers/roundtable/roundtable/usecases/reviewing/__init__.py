"""Who reviews, what reviewers read, and what they say."""
