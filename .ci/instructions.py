#!/usr/bin/env python3
"""Guards the hot path: instructions for a model event, counted and not timed, must stay under a bound.

Runs the queueing reference under valgrind with few replications and with more; the difference is what events take, and
neither reading the document nor drawing pictures is in it. Usage: instructions.py PROGRAM
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

# Counted when the bound was set: 356. A change that needs more has to say why in docs/decisions/0014.
BOUND = 390
SCENARIO = "scenarios/bench/hub10.scenario.ron"


def count(program, replications, folder):
    """Instructions of a whole run, and its model events."""
    run = [program, "run", SCENARIO, "--replications", str(replications), "--jobs", "1", "--format", "json"]
    counts = pathlib.Path(folder) / "counts"
    tool = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={counts}"]
    done = subprocess.run(tool + run + ["--out", folder + "/out"], check=True, capture_output=True, text=True)
    instructions = int(re.search(r"Collected : (\d+)", done.stderr).group(1))
    return instructions, json.loads(done.stdout.splitlines()[-1])["model_events"]


def main():
    with tempfile.TemporaryDirectory() as folder:
        few, many = (count(sys.argv[1], n, folder) for n in (2, 5))
    each = (many[0] - few[0]) / (many[1] - few[1])
    print(f"{each:.0f} instructions for a model event; the bound is {BOUND}")
    if each > BOUND:
        sys.exit("the hot path has grown; find what grew with callgrind, or state why in docs/decisions/0009 and raise the bound")


if __name__ == "__main__":
    main()
