"""What a test expects of a system's score, and what it says where that is not met."""

from dataclasses import dataclass

from goldwire.bench.error_analysis import Assessment
from goldwire.model.errors import GoldwireError
from goldwire.report.assessment import assessment_text, below_text
from goldwire.report.words import number
from goldwire.scoring.settings import Task


@dataclass(frozen=True, slots=True)
class Expectation:
    """The least headline F1 over all documents and of each, but of those known to fail.

    Raises GoldwireError where that makes no sense: nothing is expected, a number is no F1, failures are
    known where no document is asked for, or a known one is no document.
    """

    at_least: float | None
    each: float | None
    known: frozenset[str]
    task: Task
    documents: frozenset[str]

    def __post_init__(self) -> None:
        if self.at_least is None and self.each is None:
            raise GoldwireError("nothing is expected; say at_least= for all documents, or each= for every one")
        for least in (self.at_least, self.each):
            if least is not None and not 0 <= least <= 1:
                raise GoldwireError(f"{least} is no F1; expected a number from 0 to 1")
        if self.known and self.each is None:
            raise GoldwireError("known= names documents that may lie under each=, which is not given")
        if self.each is not None and self.task not in ("entities", "quotes"):
            raise GoldwireError(f"each= is for documents, which {self.task} are not judged by; use at_least=")
        if unknown := sorted(self.known - self.documents):
            raise GoldwireError(
                f"known= names {unknown[0]!r}, which is no document of the corpus; ids look like 003-01"
            )

    def complaint(self, assessment: Assessment, name: str) -> str | None:
        """What is not met, with what lies behind it; None where all is."""
        score = assessment.score
        if self.at_least is not None and (score.f1 or 0) < self.at_least:
            bounds = f" [{score.interval[0]:.3f}, {score.interval[1]:.3f}]" if score.interval else ""
            verdict = f"{name}: {score.headline} {number(score.f1)}{bounds} lies under {self.at_least}"
            return assessment_text(assessment, verdict)
        if self.each is None:
            return None
        low = {unit for unit, counts in assessment.by_unit.items() if (counts.f1 or 0) < self.each}
        if surprising := sorted(low - self.known):
            return assessment_text(assessment, f"{name}: {below_text(assessment, self.each, surprising)}")
        passing = sorted((self.known & set(assessment.by_unit)) - low)
        if passing:
            reached = f"{score.headline} reaches {self.each}; take them off the known failures"
            return f"{name}: known to fail and does not: {', '.join(passing)}, where {reached}"
        return None
