"""The keeper's own process: `python -m consentry.project.embedded <var> <descriptor of the keeper's lock>`."""

from consentry.project.embedded.keeper import main

main()
