"""The measure: how right the answers are (`corpus`, `seeds`), how sure (`calibration`) and how fast (`speed`).

`python -m evaluation --help` tells more.
"""
