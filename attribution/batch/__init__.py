"""Many articles at once: from files and folders into one file, in as many processes as there are cores, to be stopped at any time
and gone on with. `work.run` is the table of contents; the command is `attribution.command.batching`.
"""
