"""What families really get has nothing to mend."""

from service.files.checks import check_all, check_catalogs
from service.house import ROOT
from tests.files.conftest import TODAY


def test_content_and_catalogs_have_no_errors() -> None:
    errors = [str(problem) for problem in check_all(ROOT, today=TODAY) if not problem.warning]
    assert not errors, "\n".join(errors)


def test_translations_alone_say_the_same_as_all_checks() -> None:
    """Whoever translates sees each fault of a translation without running all."""
    everything = {problem for problem in check_all(ROOT, today=TODAY) if problem.file.endswith(".po")}
    assert everything == {problem for problem in check_catalogs(ROOT, today=TODAY) if problem.file.endswith(".po")}
