"""Measures accuracy (`news`, `corpus`, `breakdown`, `pronouns`, `seeds`), confidence (`calibration`) and speed (`speed`, `load`).
`python -m evaluation --help` lists every command.
"""
