"""The measure: how right the system is (`corpus`, `seeds`) and how fast (`speed`). `python -m evaluation --help`."""
