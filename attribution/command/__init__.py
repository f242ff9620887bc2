"""The command `attribution`: articles from files and pipes, quotes in the forms that people and programs read."""
