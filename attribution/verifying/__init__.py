"""Is this quote in this article, word for word, by this person: where it may be, what became of its words, whose it is."""
