"""`python -m vaultprune` is the same as the `vaultprune` command."""

from vaultprune.cli import main

if __name__ == "__main__":
    main()
