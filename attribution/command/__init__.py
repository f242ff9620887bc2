"""The command `attribution`: reads articles from files and pipes, and prints quotes for people and programs."""
