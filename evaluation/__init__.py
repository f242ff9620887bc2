"""The measure: how right the answers are (`corpus`, `breakdown`, `pronouns`, `seeds`), how sure (`calibration`) and how fast
(`speed`, `load`). `python -m evaluation --help` tells more.
"""
