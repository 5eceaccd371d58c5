"""The real command on real files: one casebook of the sample reports for all tests that only look."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import main

REPORTS = Path(__file__).parents[2] / "examples" / "reports"
Dateline = Callable[..., Result]


WIDE = {"COLUMNS": "160"}  # tables of one width, whatever terminal the tests are run in


@pytest.fixture
def dateline() -> Dateline:
    """Run the command and check how it ended; an exception that is no clean end fails the test."""

    def run(*arguments: object, code: int = 0) -> Result:
        result = CliRunner(env=WIDE).invoke(main, [str(argument) for argument in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database of the sample reports; tests that write work on a copy."""
    path = tmp_path_factory.mktemp("sample") / "cases.db"
    result = CliRunner().invoke(main, ["run", str(REPORTS), "--db", str(path), "--workers", "0"])
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture
def copy(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample, tmp_path / "cases.db"))


@pytest.fixture
def hostile(tmp_path: Path, dateline: Dateline) -> Path:
    """Return a database with a report that tries to take over whoever shows it."""
    path = tmp_path / "hostile.txt"
    path.write_text(
        "Gunmen kill \x1b]0;owned\x07three guards [bold red]in Kutaisi[/]\n\n"
        "KUTAISI, Georgia, March 12, 2025 - Gunmen killed three guards\x1b[2J and wounded \u202efive"
        " <script>alert(1)</script> people in Kutaisi on Tuesday, the police \x9b31msaid. The gunmen"
        " \x1b[8mfled by car, the police added, and nobody else was hurt in the attack on the depot.\n"
    )
    dateline("run", path, "--db", tmp_path / "hostile.db", "--workers", "0")
    return tmp_path / "hostile.db"
