"""`python -m amic_kg` is `amic-kg`."""

from amic_kg.cli import main

if __name__ == "__main__":
    main()
