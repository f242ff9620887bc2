"""The measure: how right the answers are (`news`, `corpus`, `breakdown`, `pronouns`, `seeds`), how sure (`calibration`) and how
fast (`speed`, `load`). `python -m evaluation --help` tells more.
"""
