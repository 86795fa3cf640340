"""Kills a session at 200 random moments: no accepted input is lost, and each goes on to the log of the whole session.

Usage: kills.py AIRSIDE
"""

import pathlib
import random
import subprocess
import sys
import tempfile
import time

KILLS = 200
EXERCISE = "scenarios/lakeside/lakeside.exercise.ron"
ANSWERS = "scenarios/lakeside/lakeside.answers.txt"


def answers():
    """Lines of the script that are inputs."""
    lines = [line.strip() for line in pathlib.Path(ANSWERS).read_text().splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "?", "@"))]


def play(airside, arguments, script, **more):
    """The process of a session with these answers."""
    return subprocess.Popen(
        [airside, "-q", "exercise", *arguments, "--script", script], stderr=subprocess.DEVNULL, **more
    )


def main(airside):
    chance = random.Random(20260101)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        begun = time.monotonic()
        whole = folder / "whole"
        play(airside, [EXERCISE, "--out", str(whole)], ANSWERS, stdout=subprocess.DEVNULL).wait()
        takes = time.monotonic() - begun
        whole = (whole / "session.jsonl").read_bytes()
        cut_off = 0
        for n in range(KILLS):
            out = folder / str(n)
            shown = (folder / f"{n}.txt").open("wb")
            child = play(airside, [EXERCISE, "--out", str(out)], ANSWERS, stdout=shown)
            time.sleep(chance.uniform(0.0, 1.2 * takes))
            child.kill()
            child.wait()
            shown.close()
            log = out / "session.jsonl"
            lines = log.read_bytes().split(b"\n")[:-1] if log.exists() else []
            if not lines:
                # Killed before the first line was safe: nothing had been shown.
                assert not (folder / f"{n}.txt").read_bytes(), f"kill {n}: something was shown before it was safe"
                continue
            # A prompt is shown when what came before it has been taken.
            prompts = (folder / f"{n}.txt").read_bytes().count(b"\n> ")
            taken = sum(b'"taken"' in line for line in lines)
            assert taken >= prompts - 1, f"kill {n}: {prompts} prompts were shown, and {taken} inputs are in the log"
            if b'"end"' not in lines[-1]:
                cut_off += 1
                rest = folder / f"{n}.rest"
                rest.write_text("\n".join(answers()[taken:]) + "\n")
                done = play(airside, ["--resume", str(log)], str(rest), stdout=subprocess.DEVNULL)
                assert done.wait() == 0, f"kill {n}: the session does not go on"
            assert log.read_bytes() == whole, f"kill {n}: it went on to something else"
        assert cut_off >= KILLS // 10, f"only {cut_off} of {KILLS} kills fell into the session: it is too fast for this test"
        print(f"{KILLS} kills, {cut_off} of them in the middle of the session: nothing was lost, and all went on to the same bytes")


if __name__ == "__main__":
    main(sys.argv[1])
