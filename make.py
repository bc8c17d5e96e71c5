"""Sets up and runs the program, its tests, checks and benchmarks; needs Python alone."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
OUT = ROOT / "out"
MAIN = ROOT / "main.py"
EXCHANGE = ROOT / "tests" / "sync"
WINDOWS = os.name == "nt"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")
STAMP = VENV / "installed.sha256"

# What Qt's plugins load from the system, and the Debian package that brings it.
QT_PLUGINS = ("platforms/libqxcb.so", "platforms/libqoffscreen.so", "platforms/libqwayland*.so")
# Without a display there is no window to move, of which Qt would complain.
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false"}
QT_LIBRARIES = ("Core", "DBus", "Gui", "Widgets", "Svg", "PrintSupport", "Pdf", "PdfWidgets")
DEBIAN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 (an older Python may be given this file)
        print(f"Нужен Python 3.11 или новее, а это {sys.version.split()[0]}.")
        return 2
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="открыть программу; без экрана: показать её в out/")
    run.add_argument("--headless", action="store_true", help="не открывать окно")
    commands.add_parser("test", help="тесты; остальное передаётся pytest")
    commands.add_parser("lint", help="ruff, mypy, import-linter")
    commands.add_parser("bench", help="измерения; можно назвать одно").add_argument(
        "name", nargs="?"
    )
    soak_run = commands.add_parser("soak", help="обмен: случайная работа и аварии, долго")
    soak_run.add_argument("--examples", type=int, default=200, help="на каждое хранилище")
    mutants = commands.add_parser("mutants", help="ошибки, внесённые нарочно: видят ли их тесты")
    mutants.add_argument("words", nargs="*", help="только те, в названии которых есть эти слова")
    commands.add_parser("setup", help="только установить")
    commands.add_parser("lock", help="обновить requirements.lock")
    known, rest = parser.parse_known_args()
    if rest and known.command != "test":
        parser.error(f"непонятно: {' '.join(rest)}")
    set_up()
    actions: Mapping[str, Callable[[], int]] = {
        "run": lambda: show_headless() if known.headless or not has_display() else call(MAIN),
        "test": lambda: test(rest),
        "lint": lint,
        "bench": lambda: bench(known.name),
        "soak": lambda: soak(known.examples),
        "mutants": lambda: call(EXCHANGE / "mutants.py", *known.words),
        "setup": lambda: 0,
        "lock": lock,
    }
    return actions[known.command]()


# -- installing -------------------------------------------------------------------------------


def set_up() -> None:
    """Make `.venv` hold exactly what the lock names; does nothing when it already does."""
    if not (STAMP.is_file() and STAMP.read_text("ascii") == fingerprint() and works(PYTHON)):
        print("Установка в .venv (первый раз занимает несколько минут)...", flush=True)
        STAMP.unlink(missing_ok=True)
        if not works(PYTHON):
            make_venv()
        pip("install", "--quiet", "--require-hashes", "--requirement", str(LOCK))
        as_path = ["--config-settings", "editable_mode=compat"]  # no import hook at each start
        itself = ["--no-deps", "--no-build-isolation", *as_path, "--editable", str(ROOT)]
        pip("install", "--quiet", *itself)
        STAMP.write_text(fingerprint(), "ascii")
    if sys.platform == "linux":
        install_system_libraries()


def make_venv() -> None:
    """Without its own pip where Debian splits that off: see `pip`."""
    try:
        venv.create(VENV, clear=True, symlinks=not WINDOWS, with_pip=True)
    except (ImportError, subprocess.CalledProcessError):
        venv.create(VENV, clear=True, symlinks=not WINDOWS, with_pip=False)


def fingerprint() -> str:
    """Changes with the lock, the project's own dependencies and the Python that runs them."""
    text = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + sys.version.encode()
    return hashlib.sha256(text).hexdigest()


def works(python: Path) -> bool:
    """False also for a `.venv` that was copied here or whose Python was removed."""
    if not python.is_file():
        return False
    answer = subprocess.run(
        [python, "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True, check=False
    )
    return answer.returncode == 0 and Path(answer.stdout.strip()).resolve() == VENV


def pip(*arguments: str) -> None:
    """The venv's pip, or this Python's where the venv has none."""
    own = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False)
    command = [str(PYTHON), "-m", "pip"]
    if own.returncode:
        command = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    subprocess.run([*command, "--disable-pip-version-check", *arguments], check=True)


def missing_libraries() -> list[str]:
    """Sonames that Qt's window and offscreen plugins ask for and the system lacks."""
    files = [
        file
        for qt in VENV.glob("lib/python*/site-packages/PySide6/Qt")
        for pattern in (
            *(f"plugins/{plugin}" for plugin in QT_PLUGINS),
            *(f"lib/libQt6{library}.so.6" for library in QT_LIBRARIES),
        )
        for file in qt.glob(pattern)
    ]
    if not files or not shutil.which("ldd"):
        return []
    report = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False).stdout
    return sorted(set(re.findall(r"^\s*(\S+) => not found", report, re.MULTILINE)))


def install_system_libraries() -> None:
    missing = missing_libraries()
    if not missing:
        return
    print(f"Qt не хватает библиотек системы: {', '.join(missing)}")
    apt(*sorted({DEBIAN[name] for name in missing if name in DEBIAN}))


def install_server() -> None:
    """A PostgreSQL with TLS for the test of certificates; the one of the tests speaks none."""
    if WINDOWS or shutil.which("pg_config") or [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]:
        return
    print("Для проверки сертификатов нужен PostgreSQL системы (без него она пропускается).")
    apt("postgresql", "openssl")


def apt(*packages: str) -> None:
    """Install them as root, else say how; no server of the system's own is started."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"Установите их:  sudo {' '.join(command)}", flush=True)
        return
    print(f"Устанавливаются пакеты: {' '.join(packages)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if "postgresql" in packages:
        config = Path("/etc/postgresql-common/createcluster.conf")
        config.parent.mkdir(exist_ok=True)
        config.write_text("create_main_cluster = false\n", "ascii")
    subprocess.run(["apt-get", "update", "--quiet=2"], env=quiet, check=False)
    subprocess.run([*command, "--quiet=2"], env=quiet, check=True, stdout=subprocess.DEVNULL)


# -- commands ---------------------------------------------------------------------------------


def call(*command: str | Path, env: dict[str, str] | None = None) -> int:
    """Run the venv's Python in the project's folder and give its exit code."""
    return subprocess.run([PYTHON, *command], cwd=ROOT, env=env, check=False).returncode


def test(arguments: Sequence[str]) -> int:
    install_server()
    parallel = [] if {"-n", "--pdb", "-s"} & set(arguments) else ["-n", "2"]
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return call("-m", "pytest", *parallel, *arguments, env=env)


def lint() -> int:
    lint_imports = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return max(
        call("-m", "ruff", "check", "."),
        call("-m", "ruff", "format", "--check", "."),
        call("-m", "mypy"),
        call("-c", lint_imports),
    )


def bench(name: str | None) -> int:
    folder = ROOT / "benchmarks"
    names = [name] if name else [file.stem for file in sorted(folder.glob("[a-z]*.py"))]
    parts = {"calibration", "first_paint", "exchange_rows", "exchange_server",
             "import_child", "import_rows"}  # fmt: skip
    runnable = [each for each in names if each not in parts]
    return max(call("-m", f"benchmarks.{each}") for each in runnable)


def soak(examples: int) -> int:
    """Other random work at every run: what fails is printed as a program to repeat it with."""
    told = {"DEMOEXAM_EXAMPLES": str(examples), "DEMOEXAM_RANDOM": "1"}
    files = [EXCHANGE / "test_machine.py", *sorted(EXCHANGE.glob("soak_*.py"))]
    return call("-m", "pytest", "-n", "2", "-v", *files, env=os.environ | OFFSCREEN | told)


def lock() -> int:
    """Keep the pins that still fit; delete the file first to take the newest of everything."""
    pip("install", "--quiet", "uv")
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--extra", "test"]
    quiet = ["--no-emit-index-url", "--no-header", "--quiet"]
    source = ["pyproject.toml", "-o", LOCK.name]
    return call("-m", "uv", "pip", "compile", *options, *quiet, *source)


# -- running ----------------------------------------------------------------------------------


def has_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    return sys.platform != "linux" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def show_headless() -> int:
    """Do the main job in sample data and leave what it makes in `out/`."""
    print("Экрана нет: главная работа на учебных данных, результат в папке out.", flush=True)
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    year = str(date.today().year)
    demoexam("sample", "--size", "college")
    (OUT / "share.txt").write_text(demoexam("share", "--year", year), "utf-8")
    (OUT / "check.txt").write_text(demoexam("check"), "utf-8")
    for suffix in ("xlsx", "pdf", "csv"):
        demoexam("report", "share", "--year", year, "-o", str(OUT / f"share_{year}.{suffix}"))
    day = next_exam_day(json.loads(demoexam("get", "exam_session", "--json")))
    demoexam("print", "--day", day, "-o", str(OUT / f"papers_{day}.pdf"))
    drawing = ["-m", "demoexam.ui.pictures", str(OUT / "sample.db"), str(OUT / "pictures")]
    drawn = call(*drawing, env=headless() | OFFSCREEN)
    print(f"""
Готово, в папке {OUT.name}:
  sample.db            хранилище с учебными данными
  share.txt            доля экспертов-работодателей за {year} год
  check.txt            всё, что требует внимания в плане
  share_{year}.*         отчёт о доле: xlsx, pdf, csv
  papers_{day}.pdf  бумаги экзаменов на этот день
  pictures             страницы окна, светлые и тёмные""")
    return drawn


def demoexam(*arguments: str) -> str:
    """The command line on the sample store; a refusal ends the run with its reason."""
    program = SCRIPTS / ("demoexam.exe" if WINDOWS else "demoexam")
    command = [str(program), "--store", str(OUT / "sample.db"), *arguments]
    print("  demoexam", *arguments, flush=True)
    answer = subprocess.run(
        command, cwd=ROOT, env=headless(), encoding="utf-8", stdout=subprocess.PIPE, check=False
    )
    if answer.returncode:
        sys.exit(answer.returncode)
    return answer.stdout


def headless() -> dict[str, str]:
    return {**os.environ, "PYTHONIOENCODING": "utf-8", "DEMOEXAM_HOME": str(OUT / "home")}


def next_exam_day(sittings: Sequence[dict[str, str]]) -> str:
    """The nearest day with a sitting from today on, else the last day there was one."""
    days = sorted({sitting["starts_at"][:10] for sitting in sittings if sitting["starts_at"]})
    today = date.today().isoformat()
    return next((day for day in days if day >= today), days[-1])


if __name__ == "__main__":
    sys.exit(main())
