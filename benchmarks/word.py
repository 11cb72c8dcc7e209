"""How long a 会議録 takes as a Word file, and how much memory, beside other ways to write the same rows.

    python benchmarks/word.py [--rounds N]

All are measured in one run, in turn, and by the time of the processor (their child processes' too), so that a busy machine
slows all of them alike and little: read the ratios, not the milliseconds. Before anything is measured, each paper is read
back with python-docx and must hold every text of the rows. The peak of memory is that of a fresh process, libraries and all.
Ends with 1 where a target is missed: 5 times as fast as docxtpl, at most twice the floor, and no slower per row at 100× than
1.3 times the time at 10×.
"""

from __future__ import annotations

import argparse
from pathlib import Path
import resource
from statistics import median
import subprocess
import sys
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.word_ways import WAYS, Write, installed, meeting, missing

TIMES = (1, 10, 100)
PATIENCE = 6.0  # seconds of processor time for one way at one size, after which it is not measured again
FASTER_THAN_DOCXTPL, FLOORS, LINEAR = 5, 2, 1.3


def main() -> int:
    """Measure, print the table and the targets; 0 when all are met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--alone", metavar="WAY", help=argparse.SUPPRESS)  # in a process of its own: its peak of memory
    parser.add_argument("--times", type=int, default=1, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        return _alone(arguments.alone, arguments.times)
    # memory first, while this process is small: on Linux a child begins with its parent's peak
    peaks = {(name, times): peak(name, times) for name in installed() for times in TIMES}
    ways = {name: WAYS[name]() for name in installed()}
    papers = {times: meeting(times) for times in TIMES}
    _compare(ways, papers)
    taken = measure(ways, papers, arguments.rounds)
    _print(list(ways), taken, peaks)
    for name in set(WAYS) - set(ways):
        print(f"{name} is not installed and was not measured")
    return _judge(taken)


def measure(ways: dict[str, Write], papers, rounds: int) -> dict[tuple[str, int], float]:
    """Median milliseconds of each way at each size. All take turns; what takes long takes fewer."""
    taken = {(name, times): [] for name in ways for times in papers}
    for _ in range(rounds):
        for (name, times), before in taken.items():
            if sum(before) < PATIENCE * 1000:
                start = _processor_time()
                ways[name](papers[times])
                before.append((_processor_time() - start) * 1000)
    return {key: median(each) for key, each in taken.items()}


def peak(name: str, times: int) -> int:
    """The most memory, in MB, that a fresh process takes to write one paper this way."""
    command = [sys.executable, __file__, "--alone", name, "--times", str(times)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout) // 1024


def _alone(name: str, times: int) -> int:
    WAYS[name]()(meeting(times))
    print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
    return 0


def _compare(ways: dict[str, Write], papers) -> None:
    for name, write in ways.items():
        for times, minutes in papers.items():
            lost = missing(write(minutes), minutes)
            if lost:
                sys.exit(f"{name} at {times}× lost {len(lost)} texts, first {lost[0]!r}: nothing to compare")


def _processor_time() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def _print(ways: list[str], taken, peaks) -> None:
    print("The same rows, every text read back. Median ms of processor time (times ours), peak memory of the process.\n")
    print(f"{'':<13}" + "".join(f"{f'{times}× rows':>30}" for times in TIMES))
    for name in ways:
        cells = (f"{taken[name, times]:.2f} ({taken[name, times] / taken['ours', times]:.2f}×) {peaks[name, times]:>4} MB" for times in TIMES)
        print(f"{name:<13}" + "".join(f"{cell:>30}" for cell in cells))
    print()


def _judge(taken) -> int:
    smallest, middle, largest = TIMES
    slope = (taken["ours", largest] / largest) / (taken["ours", middle] / middle)
    targets = [(f"linear: a row at {largest}× takes {slope:.2f} of one at {middle}× (at most {LINEAR})", slope <= LINEAR)]
    for times in TIMES:
        of_floor = taken["ours", times] / taken["floor", times]
        targets.append((f"{times}×: {of_floor:.2f} of the floor (at most {FLOORS})", of_floor <= FLOORS))
        if ("docxtpl", times) in taken:
            faster = taken["docxtpl", times] / taken["ours", times]
            targets.append((f"{times}×: {faster:.1f} times as fast as docxtpl (at least {FASTER_THAN_DOCXTPL})", faster >= FASTER_THAN_DOCXTPL))
    for text, met in targets:
        print("met   " if met else "MISSED", text)
    return int(not all(met for _, met in targets))


if __name__ == "__main__":
    sys.exit(main())
