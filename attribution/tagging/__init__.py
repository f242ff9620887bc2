"""Steps 1 and 2, the trained part: from words to windows, from windows to scores, from scores to attributions."""
