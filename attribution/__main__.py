"""`python -m attribution` is the command `attribution`."""

from attribution.command.cli import main

main(prog_name="attribution")
