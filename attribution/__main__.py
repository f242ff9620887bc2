"""`python -m attribution` is the command `attribution`."""

from attribution.cli import main

main(prog_name="attribution")
