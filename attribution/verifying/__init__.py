"""Is this quote in this article, word for word, by this person: where it may be, what was changed, and who says it."""
