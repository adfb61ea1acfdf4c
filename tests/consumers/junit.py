"""Validates JUnit XML as a CI server would: against the XSD, and count by count.

    pip install xmlschema
    hadome check DOSSIERS --format junit > junit.xml; python3 tests/consumers/junit.py junit.xml

Exits 1 and says why where a file does not validate, or a suite's counts are not those of its cases.
"""

import pathlib
import sys

import xmlschema

SCHEMA = pathlib.Path(__file__).parent.parent / "schemas" / "junit-10.xsd"
ELEMENTS = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def faults(path: str, schema: xmlschema.XMLSchema) -> list[str]:
    found = [f"{error.path}: {error.reason}" for error in schema.iter_errors(path)]
    root = xmlschema.XMLResource(path).root
    for suite in root.findall("testsuite"):
        name = suite.get("name")
        cases = suite.findall("testcase")
        counts = {"tests": len(cases)}
        counts |= {key: sum(case.find(tag) is not None for case in cases) for key, tag in ELEMENTS.items()}
        found += [
            f"{name}: {key} is {suite.get(key)}, counted {count}"
            for key, count in counts.items()
            if suite.get(key) != str(count)
        ]
    return found


def main(paths: list[str]) -> int:
    schema = xmlschema.XMLSchema(str(SCHEMA))
    found = {path: faults(path, schema) for path in paths}
    for path, problems in found.items():
        for problem in problems:
            print(f"{path}: {problem}")
    bad = sum(bool(problems) for problems in found.values())
    print(f"{len(paths) - bad} passed, {bad} failed")
    return 1 if bad or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
