"""Steps 5 and 6: who is mentioned, which mentions are the same somebody's, and who says each quote."""
