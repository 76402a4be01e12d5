"""Whether the clinic finds what sixty patients have: python -m benchmarks.clinic [seeds]"""

import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ann_core.clinic.examination import AILMENTS, examine
from benchmarks.clinic_patients import PATIENTS, Patient

SEEDS, FIRST = 20, 2


@dataclass(frozen=True)
class Visit:
    """One patient with one seed. found: keys of the findings, in their order   numbers: what was measured, by kind"""

    patient: Patient
    seed: int
    found: tuple[str, ...]
    numbers: dict[str, float]

    @property
    def right(self) -> bool:
        """Among the first two, or nothing where nothing was done."""
        return self.patient.ailment in self.found[:FIRST] if self.patient.ailment else not self.found


def visit(patient: Patient, seed: int) -> Visit:
    """Examines a patient with this seed."""
    config, data = patient.admitted(seed)
    diagnosis = examine(config, data)
    numbers = {check.key: check.number for check in diagnosis.checks if check.number is not None}
    return Visit(patient, seed, tuple(finding.key for finding in diagnosis.findings), numbers)


def told(visits: Iterable[Visit]) -> str:
    """A line for each kind, and for each patient that was not always right."""
    visits = list(visits)
    lines = []
    for key in (*AILMENTS, ""):
        own = [one for one in visits if one.patient.ailment == key]
        lines.append(f"{key or 'healthy':12s} {sum(one.right for one in own):4d} of {len(own):4d}")
        for name, count in Counter(one.patient.name for one in own if not one.right).items():
            wrong = Counter(one.found for one in own if one.patient.name == name and not one.right)
            lines.append(f"    {name}: {count} wrong, as {dict(wrong.most_common(3))}")
    sick = [one for one in visits if one.patient.ailment]
    well = [one for one in visits if not one.patient.ailment]
    lines += [_spread(key, well) for key in AILMENTS]
    lines.append(f"right among the first {FIRST}: {sum(one.right for one in sick)} of {len(sick)}")
    lines.append(f"false alarms: {sum(not one.right for one in well)} of {len(well)}")
    return "\n".join(lines)


def _spread(key: str, well: list[Visit]) -> str:
    """The numbers of those to whom nothing was done: what a healthy range is held against."""
    numbers = [one.numbers[key] for one in well if key in one.numbers]
    if not numbers:
        return f"healthy ones, {key}: not measured"
    return f"healthy ones, {key}: {min(numbers):.3g} to {max(numbers):.3g} ({len(numbers)} runs)"


if __name__ == "__main__":
    seeds = range(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)
    began, found = time.perf_counter(), []
    for one in PATIENTS:
        found += [visit(one, seed) for seed in seeds]
        print(f"{time.perf_counter() - began:6.1f} s  {one.name}", file=sys.stderr)
    print(told(found))
