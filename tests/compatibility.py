"""What a contract takes from those who use the one before.

In: two OpenAPI documents as dicts. Out: a line for each thing that was there or could be sent before, and is not or cannot be
now; none where whoever used the old one can use the new. What is added is no matter, nor what is described otherwise.
"""

from itertools import chain

LIMITS = {"maxLength": 1, "maxItems": 1, "maximum": 1, "minLength": -1, "minItems": -1, "minimum": -1}
"""How far a request may go, and in which direction it goes further."""


def taken_away(before, now):
    """The lines, in order."""
    old, new = Promises(before), Promises(now)
    gone = [f"no longer: {line}" for line in old.kept - new.kept]
    more = [f"new: {where}{what}" for where, what in new.demanded - old.demanded if where in old.kept]
    narrower = [
        f"narrower: {where} has {limit}"
        for (where, limit), value in new.limits.items()
        if where in old.kept and value < old.limits.get((where, limit), float("inf"))
    ]
    return sorted([*gone, *more, *narrower])


class Promises:
    """A contract as lines. kept: what callers rely on; demanded, limits: what they have to put up with, and how far they may go,
    each with the line of what that holds for.
    """

    def __init__(self, contract):
        self.contract = contract
        self.kept, self.demanded, self.limits = set(), set(), {}
        for path, operations in contract["paths"].items():
            for method, operation in operations.items():
                if method != "parameters":
                    self._read(f"{method.upper()} {path}", operation, operations.get("parameters", ()))

    def _read(self, name, operation, shared):
        self.kept.add(name)
        for parameter in map(self._resolved, chain(shared, operation.get("parameters", ()))):
            self._asked(f"{name} ?{parameter['name']}", parameter.get("schema", {}))
            self.demanded |= {(name, f" ?{parameter['name']} must be sent")} if parameter.get("required") else set()
        for kind, media in self._resolved(operation.get("requestBody", {})).get("content", {}).items():
            self._asked(f"{name} {kind} ", media.get("schema", {}))
        for status, response in operation["responses"].items():
            self._answered(f"{name} → {status}", {})
            for kind, media in self._resolved(response).get("content", {}).items():
                self._answered(f"{name} → {status} {kind} ", media.get("schema", {}))

    def _asked(self, name, schema):
        """Of a request, the values that it may hold are kept, and what it must hold is demanded."""
        for where, part in self._parts(name, schema):
            self.kept |= {where} | {f"{where} may be {value!r}" for value in [*part.get("enum", ()), *types(part)]}
            self.demanded |= {(where, f".{field} must be sent") for field in part.get("required", ())}
            self.demanded |= {(where, f" has {what}") for what in ("enum", "pattern") if what in part}
            self.limits |= {(where, limit): LIMITS[limit] * part[limit] for limit in LIMITS.keys() & part.keys()}

    def _answered(self, name, schema):
        """Of an answer, the fields that it holds are kept, and what they may be is demanded."""
        for where, part in self._parts(name, schema):
            self.kept |= {where} | {f"{where}.{field} is always there" for field in part.get("required", ())}
            self.demanded |= {(where, f" may be {value!r}") for value in types(part)}

    def _parts(self, where, schema, above=()):
        """Every schema within a schema, with where it stands; what stands within itself, once."""
        reference = schema.get("$ref")
        if reference in above:
            return
        part, above = self._resolved(schema), (*above, *([reference] if reference else ()))
        yield where, part
        inner = [(where, each) for kind in ("anyOf", "oneOf", "allOf") for each in part.get(kind, ())]
        inner += [(f"{where}.{field}", each) for field, each in part.get("properties", {}).items()]
        inner += [(f"{where}[]", part["items"])] if "items" in part else []
        for name, each in inner:
            yield from self._parts(name, each, above)

    def _resolved(self, part):
        """What a reference refers to. A response may be named without more."""
        if "$ref" not in part:
            return part
        found = self.contract
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return found


def types(schema):
    """The JSON types that a value may have."""
    given = schema.get("type", [])
    return [given] if isinstance(given, str) else given
