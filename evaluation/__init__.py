"""The measure: how right the answers are (`corpus`, `breakdown`, `seeds`), how sure (`calibration`) and how fast (`speed`).

`python -m evaluation --help` tells more.
"""
