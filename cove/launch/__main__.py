"""`python -m cove.launch`: the command `cove` where it is not on the path."""

from cove.launch.cli import main

main()
