"""Run the command `attribution` with `python -m attribution`."""

from attribution.command.cli import main

main(prog_name="attribution")
