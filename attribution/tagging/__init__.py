"""Steps 1 and 2, the trained part: a text's words to windows, windows to scores, scores to attributions."""
