"""Steps 5 and 6: find the mentions, group them into entities, and find who says each quote."""
