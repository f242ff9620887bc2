"""Count how many small faults in the core its tests notice. In: the working tree, and as arguments
how many faults to try and the seed of the sample. Out: on standard output, each fault that no test notices, and the counts.

A mutant is a module with one change in a function: `<` becomes `<=`, `and` becomes `or`, a condition is negated. A
mutant meets the tests of its folder, and those of the folders that read what it writes. All this happens in a temporary copy; the
working tree stays as it is.
"""

from __future__ import annotations

import ast
import copy
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

CORE = ("text", "tagging", "quoting", "resolving")
"""The folders of the core, in the order in which a text goes through them."""
TIMEOUT_S = 600
"""A mutant that takes longer never ends, and counts as noticed."""
PAIRS: tuple[tuple[type[ast.AST], type[ast.AST]], ...] = (
    *((ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.In, ast.NotIn), (ast.Is, ast.IsNot), (ast.And, ast.Or)),
    *((ast.Add, ast.Sub), (ast.Mult, ast.Div), (ast.BitOr, ast.BitAnd)),
)
SWAPS = dict(PAIRS) | {after: before for before, after in PAIRS}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change in the module at `path`: the bytes from `start` to `end` become `code`."""

    path: Path
    start: int
    end: int
    code: str

    def survives(self) -> bool:
        """Whether the tests pass although the module is changed."""
        source = self.path.read_bytes()
        self.path.write_bytes(source[: self.start] + self.code.encode() + source[self.end :])
        survived = passes(tests_of(self.path))
        self.path.write_bytes(source)
        return survived

    def __str__(self) -> str:
        source = self.path.read_bytes()
        line, old = source.count(b"\n", 0, self.start) + 1, source[self.start : self.end].decode()
        return f"{self.path}:{line}: {' '.join(old.split())} → {self.code}"


def mutants(path: Path) -> Iterator[Mutant]:
    """All mutants of a module."""
    source = path.read_bytes()
    lines = [0, *(match.end() for match in re.finditer(b"\n", source))]
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    for node, code in (change for function in functions for part in function.body for change in changes(part)):
        yield Mutant(path, lines[node.lineno - 1] + node.col_offset, lines[node.end_lineno - 1] + node.end_col_offset, code)


def changes(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Each part of a statement that can be changed, with the code that takes its place."""
    match node:
        # Python 3.11 gives the parts of an f-string wrong places, and `strict=True` is only an assertion.
        case ast.JoinedStr() | ast.FunctionDef() | ast.keyword("strict"):
            return
        case ast.Compare(ops=[operator]) | ast.BoolOp(operator) | ast.BinOp(op=operator) if type(operator) in SWAPS:
            other, swapped = copy.copy(node), SWAPS[type(operator)]()
            other.op, other.ops = swapped, [swapped]
            yield node, f"({ast.unparse(other)})"
        case ast.Constant(bool() | int() | float() as value):
            yield node, str(not value if isinstance(value, bool) else value + 1)
        case ast.If(test) | ast.While(test) | ast.IfExp(test) | ast.comprehension(ifs=[test, *_]):
            yield test, f"(not ({ast.unparse(test)}))"
        case ast.Return(ast.expr() as value) if ast.unparse(value) not in ("None", "False", "()", "[]", "{}"):
            yield node, "return None"
        case ast.Expr(ast.Call()) | ast.AugAssign():
            yield node, "pass"
    for child in ast.iter_child_nodes(node):
        if child is not getattr(node, "annotation", None):
            yield from changes(child)


def tests_of(path: Path) -> list[str]:
    """The tests that may touch a module: those named after it, then the others of its folder and of the folders after it."""
    folders = CORE[CORE.index(path.parent.name) :]
    files = [file for folder in folders for file in sorted(Path("tests/attribution", folder).glob("test_*.py"))]
    return [str(file) for file in sorted(files, key=lambda file: file.name != f"test_{path.name}")]


def passes(tests: list[str]) -> bool:
    """Whether the tests pass."""
    with suppress(subprocess.TimeoutExpired):
        command = [sys.executable, "-m", "pytest", "-qx", "-p", "no:cacheprovider", *tests]
        return not subprocess.run(command, capture_output=True, timeout=TIMEOUT_S).returncode
    return False


def main(count: int, seed: int) -> None:
    """Try a sample of the mutants in the current folder."""
    every = [mutant for part in CORE for path in sorted(Path("attribution", part).glob("*.py")) for mutant in mutants(path)]
    sample = random.Random(seed).sample(every, min(count, len(every)))
    if not passes([f"tests/attribution/{part}" for part in CORE]):
        sys.exit("The tests of the core fail without a mutant. Mend them first: python -m pytest tests/attribution")
    survivors = 0
    for mutant in filter(Mutant.survives, sample):
        survivors += 1
        print(mutant, flush=True)
    print(f"{len(sample) - survivors} of {len(sample)} mutants were noticed, of {len(every):,} that there are.")


if __name__ == "__main__":
    os.environ["PYTHONPATH"] = "."
    with tempfile.TemporaryDirectory() as folder:
        ignored = shutil.ignore_patterns(".*", "build", "node_modules", "runs")
        os.chdir(shutil.copytree(Path(__file__).parents[1], Path(folder, "copy"), ignore=ignored))
        main(*map(int, sys.argv[1:]))
