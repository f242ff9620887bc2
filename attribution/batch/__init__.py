"""Batches: read many articles from files and folders in several processes, and write one file. A batch can be stopped at any time
and resumed. `work.run` is the table of contents; the command is `attribution.command.batching`.
"""
