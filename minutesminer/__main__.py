"""`python -m minutesminer`."""

from minutesminer.cli import main

if __name__ == "__main__":
    main()
