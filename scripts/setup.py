"""Make the environment of AMIC-KG: `python3 scripts/setup.py run`, or `dev` for the tests too.

This one file stays readable for any Python 3, so that an old one can say what is missing;
the work is done by environment.py beside it.
"""

import os
import subprocess
import sys

NEEDED = (3, 11)
TRIED = ("python3.13", "python3.12", "python3.11", "python3.14")


def newer_python() -> "str | None":
    """Find the first Python on the search path that is new enough and runs, or None."""
    for name in TRIED:
        try:
            # A version manager's stand-in may be on the path and yet refuse: ask it to run.
            subprocess.check_output([name, "-c", "pass"], stderr=subprocess.STDOUT)
        except (OSError, subprocess.CalledProcessError):
            continue
        return name
    return None


def main() -> int:
    """Go on with this Python, or with a newer one that is installed, or say what is missing."""
    if sys.version_info < NEEDED:
        found = newer_python()
        if found is None:
            sys.stderr.write(
                "AMIC-KG needs Python %d.%d or newer; this is Python %s (%s).\n"  # noqa: UP031
                "Install a newer one (Debian, Ubuntu: python3 python3-venv; Fedora: python3.12;\n"
                "macOS: brew install python@3.12) and run: make PYTHON=python3.12 demo\n"
                % (NEEDED[0], NEEDED[1], sys.version.split()[0], sys.executable)
            )
            return 1
        os.execvp(found, [found] + sys.argv)  # noqa: RUF005  unpacking is not for every Python
    from environment import command

    return command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
